"""What an invoice says, frozen.

An invoice must say tomorrow what it said today, so everything in it is text that was final when
the invoice was made: no calculation and no look-up happens here.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from shopsite.lib.e_invoice import EInvoice

A4, LETTER = "a4", "us-letter"
# Where people print on Letter, by CLDR; everybody else has A4.
LETTER_COUNTRIES = frozenset(
    ("BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE")
)


class InvalidInvoiceDocument(ValueError):
    """Stored content that is not a whole invoice."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture of so many pixels."""

    png: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One thing sold. Amounts are formatted; `options` is like "Oat, 600 ml" or empty."""

    sku: str
    title: str
    options: str
    quantity: int
    unit_price: str
    total: str


@dataclass(frozen=True, slots=True)
class TaxLine:
    """What is taxed at one rate. All formatted; `rate` is like "VAT 20 %"."""

    rate: str
    net: str
    tax: str


@dataclass(frozen=True, slots=True)
class InvoiceDocument:
    """A whole invoice, or with `corrects` the credit note to the invoice of that number. With
    `reverses` it charges again what the credit note of that number took back.

    Amounts are formatted text. Addresses are lines from the name down to the country. Empty text
    and empty tuples leave their part out; `paid_on` of None leaves out the note on payment.
    `accent` is a color that can be read on white, `logo` the name of a stored picture; without them
    it looks as before there was a brand.
    `e_invoice` is the same for accounting software; papers from before it was thought of have none.
    `paper` is A4 or LETTER. `language` is a Django language code and decides labels, dates and
    hyphenation.
    """

    number: str
    order_number: str
    issued_on: date
    paid_on: date | None
    language: str
    seller_name: str
    seller_address: tuple[str, ...]
    seller_vat_id: str
    seller_email: str
    bill_to: tuple[str, ...]
    ship_to: tuple[str, ...]
    lines: tuple[InvoiceLine, ...]
    subtotal: str
    shipping_method: str
    shipping_total: str
    tax_lines: tuple[TaxLine, ...]
    total: str
    discount_total: str = ""
    note: str = ""
    corrects: str = ""
    reverses: str = ""
    accent: str = ""
    logo: str = ""
    paper: str = A4
    e_invoice: EInvoice | None = None

    def to_json(self) -> dict[str, Any]:
        """Return a JSON-ready mapping, made for a JSONField; `from_json` reads it back."""
        return asdict(self) | {
            "issued_on": self.issued_on.isoformat(),
            "paid_on": self.paid_on.isoformat() if self.paid_on else None,
            "seller_address": list(self.seller_address),
            "bill_to": list(self.bill_to),
            "ship_to": list(self.ship_to),
            "lines": [asdict(line) for line in self.lines],
            "tax_lines": [asdict(line) for line in self.tax_lines],
            "e_invoice": self.e_invoice.to_json() if self.e_invoice else None,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Make a document of what `to_json` gave; raises `InvalidInvoiceDocument`."""
        try:
            paid_on, e_invoice = stored["paid_on"], stored.get("e_invoice")
            changes = {
                "issued_on": date.fromisoformat(stored["issued_on"]),
                "paid_on": date.fromisoformat(paid_on) if paid_on else None,
                "seller_address": tuple(stored["seller_address"]),
                "bill_to": tuple(stored["bill_to"]),
                "ship_to": tuple(stored["ship_to"]),
                "lines": tuple(InvoiceLine(**line) for line in stored["lines"]),
                "tax_lines": tuple(TaxLine(**line) for line in stored["tax_lines"]),
                "e_invoice": EInvoice.from_json(e_invoice) if e_invoice else None,
            }
            return cls(**{**stored, **changes})
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidInvoiceDocument(f"The stored invoice is not whole: {error}.") from error


def paper_of(country_code: str) -> str:
    """What an invoice for somebody there is printed on."""
    return LETTER if country_code in LETTER_COUNTRIES else A4
