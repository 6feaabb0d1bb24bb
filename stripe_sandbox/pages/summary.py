"""What a payment page shows of a session, in words and formatted amounts."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale

from stripe_sandbox.money import format_amount
from stripe_sandbox.storage import Document


@dataclass(frozen=True)
class SummaryLine:
    """One line item. ``unit_price`` is empty for a quantity of one, where it says nothing."""

    name: str
    quantity: int
    unit_price: str
    total: str


@dataclass(frozen=True)
class ShippingChoice:
    """One shipping option, with the total the payer would pay with it."""

    id: str
    name: str
    price: str
    total: str


@dataclass(frozen=True)
class Summary:
    """Everything above and beside the form."""

    merchant: str
    lines: tuple[SummaryLine, ...]
    subtotal: str
    shipping: str
    total: str
    choices: tuple[ShippingChoice, ...]
    needs_card: bool
    submit_message: str

    @property
    def pay_label(self) -> str:
        """The button: with the amount, unless the payer still chooses it on this page."""
        if not self.needs_card:
            return "Complete order"
        return "Pay" if len(self.choices) > 1 else f"Pay {self.total}"


def build_summary(
    session: Document, items: Sequence[Document], rates: Sequence[Document], locale: Locale
) -> Summary:
    """The summary of a session with its line items and shipping rates."""

    def written(amount: int) -> str:
        return format_amount(amount, session["currency"], locale)

    subtotal: int = session["amount_subtotal"]
    prices = [rate["fixed_amount"]["amount"] for rate in rates]
    submit = session["custom_text"]["submit"]
    return Summary(
        merchant=session["branding_settings"]["display_name"],
        lines=tuple(
            SummaryLine(
                name=item["description"],
                quantity=item["quantity"],
                unit_price=written(item["price"]["unit_amount"]) if item["quantity"] > 1 else "",
                total=written(item["amount_total"]),
            )
            for item in items
        ),
        subtotal=written(subtotal),
        shipping=written(session["total_details"]["amount_shipping"]) if rates else "",
        total=written(session["amount_total"]),
        choices=tuple(
            ShippingChoice(
                id=rate["id"],
                name=rate["display_name"],
                price=written(price),
                total=written(subtotal + price),
            )
            for rate, price in zip(rates, prices, strict=True)
        ),
        needs_card=subtotal + max(prices, default=0) > 0,
        submit_message="" if submit is None else submit["message"],
    )
