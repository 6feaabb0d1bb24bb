"""How a postal address is written, whoever it belongs to."""

from collections.abc import Sequence
from typing import Any


def address_lines(names: Sequence[str], address: Any) -> list[str]:
    """Whom it is for and where, as it stands on a parcel, without empty lines. The address has the
    fields of an order's."""
    place = " ".join(part for part in (address.postal_code, address.city) if part)
    lines = [
        *names, address.address_line1, address.address_line2, place, address.region,
        address.country.name,
    ]  # fmt: skip
    return [line for line in lines if line]
