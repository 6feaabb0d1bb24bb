"""Where parcels arrive without a postal code."""

# In these, codes are unknown, rare or new. The list leans to asking too little: an address
# without a code can be completed, a shopper who has none cannot go on.
WITHOUT_POSTAL_CODES = frozenset(
    (  # noqa: SIM905 - as words the list can be read.
        "AE AG AO AW BF BI BJ BO BQ BS BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD GH GM GQ GY HK "
        "IE JM KI KM KN KP LC ML MO MR MS MW NR NU PA QA RW SB SC SL SR SS ST SX SY TD TG TK TL TO "
        "TV UG VU YE ZW"
    ).split()
)
