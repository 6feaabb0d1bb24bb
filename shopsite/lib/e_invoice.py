"""What EN 16931 asks of an invoice, frozen: the facts on the paper, for accounting software.

Prices of the shop hold their tax, and the standard wants amounts without it. So each amount is its
net, rounded as the tax of its order was, and what rounding leaves over at a rate is an allowance or
a charge of its own: every sum agrees to the cent with the paper. All amounts are text with two
decimals, final when the paper was issued; no calculation happens when they are written out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Self

from shopsite.lib.money import Money
from shopsite.lib.tax import TaxShare

# Every currency that can be charged has steps of a hundredth at least, also those written with
# three decimals: what the standard allows is always enough.
CENT = Decimal("0.01")
# The price of one piece is worked out from the net of all of them.
PRICE_STEP = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with an address; `country` is an ISO 3166-1 code, and empty text is left out."""

    name: str
    country: str
    lines: tuple[str, ...] = ()
    postal_code: str = ""
    city: str = ""
    region: str = ""
    vat_id: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """Something sold or given back, with its tax inside. Below zero it is an allowance."""

    name: str
    gross: Money
    tax: Money
    rate: Decimal
    quantity: int = 1
    sku: str = ""
    details: str = ""

    @property
    def net(self) -> Decimal:
        return self.gross.amount - self.tax.amount


@dataclass(frozen=True, slots=True)
class ELine:
    name: str
    sku: str
    details: str
    quantity: int
    price: str
    net: str
    rate: str


@dataclass(frozen=True, slots=True)
class Adjustment:
    """For the whole document: a charge, or below zero an allowance."""

    reason: str
    net: str
    rate: str


@dataclass(frozen=True, slots=True)
class RateSum:
    rate: str
    net: str
    tax: str


@dataclass(frozen=True, slots=True)
class EInvoice:
    currency: str
    seller: Party
    buyer: Party
    ship_to: Party
    lines: tuple[ELine, ...]
    adjustments: tuple[Adjustment, ...]
    taxes: tuple[RateSum, ...]

    def to_json(self) -> dict[str, Any]:
        """JSON-ready; `from_json` reads it back."""
        return asdict(self) | {
            "lines": [asdict(one) for one in self.lines],
            "adjustments": [asdict(one) for one in self.adjustments],
            "taxes": [asdict(one) for one in self.taxes],
            **{name: _party_json(getattr(self, name)) for name in ("seller", "buyer", "ship_to")},
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Raises KeyError or TypeError for what is not whole."""
        return cls(
            currency=stored["currency"],
            seller=_party(stored["seller"]),
            buyer=_party(stored["buyer"]),
            ship_to=_party(stored["ship_to"]),
            lines=tuple(ELine(**one) for one in stored["lines"]),
            adjustments=tuple(Adjustment(**one) for one in stored["adjustments"]),
            taxes=tuple(RateSum(**one) for one in stored["taxes"]),
        )


def e_lines(positions: Iterable[Position]) -> tuple[ELine, ...]:
    """Of what is not below zero."""
    return tuple(
        ELine(
            name=one.name,
            sku=one.sku,
            details=one.details,
            quantity=one.quantity,
            price=f"{(one.net / one.quantity).quantize(PRICE_STEP).normalize():f}",
            net=cents(one.net),
            rate=percent(one.rate),
        )
        for one in positions
        if one.net >= 0
    )


def adjustments(
    positions: Sequence[Position], shares: Iterable[TaxShare], *, rounding: str
) -> tuple[Adjustment, ...]:
    """What is below zero, and at each rate what is missing to the sum on the paper."""
    left = {share.rate: share.net.amount for share in shares}
    for one in positions:
        left[one.rate] = left.get(one.rate, Decimal(0)) - one.net
    below = [
        Adjustment(one.name, cents(one.net), percent(one.rate)) for one in positions if one.net < 0
    ]
    rest = [Adjustment(rounding, cents(net), percent(rate)) for rate, net in left.items() if net]
    return (*below, *rest)


def rate_sums(positions: Iterable[Position], shares: Sequence[TaxShare]) -> tuple[RateSum, ...]:
    """As on the paper, and nothing at rates that only positions have."""
    known = {share.rate for share in shares}
    others = sorted({one.rate for one in positions} - known, reverse=True)
    return (
        *(
            RateSum(percent(one.rate), cents(one.net.amount), cents(one.tax.amount))
            for one in shares
        ),
        *(RateSum(percent(rate), cents(Decimal(0)), cents(Decimal(0))) for rate in others),
    )


def cents(amount: Decimal) -> str:
    return f"{amount.quantize(CENT):f}"


def percent(rate: Decimal) -> str:
    return f"{rate.quantize(CENT):f}"


def _party_json(party: Party) -> dict[str, Any]:
    return asdict(party) | {"lines": list(party.lines)}


def _party(stored: Mapping[str, Any]) -> Party:
    return Party(**{**stored, "lines": tuple(stored["lines"])})
