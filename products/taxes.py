"""Which tax rate holds where, and when."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from products.models import TaxClass, TaxRate

NO_TAX = Decimal(0)


def tax_rates(*, country: str, on: date) -> Mapping[str, Decimal]:
    """The rate of every tax class for goods that go to a country, in percent; one query.

    A country's own rate comes before that of everywhere else, and the latest before earlier ones. A
    class without a rate is not taxed.
    """
    found = dict.fromkeys(TaxClass.values, NO_TAX)
    known = TaxRate.objects.filter(country__in=("", country), valid_from__lte=on)
    for place in ("", country):
        rows = [rate for rate in known if rate.country.code == place]
        for rate in sorted(rows, key=lambda one: one.valid_from):
            found[rate.tax_class] = rate.percent
    return found
