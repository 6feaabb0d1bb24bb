"""A refund before it is asked for: what it holds and what it comes to. Changes nothing."""

import uuid
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from orders.models import Order, OrderLine, Payment
from orders.money_back import NOT_GIVEN, DisputeState
from shopsite.lib.money import Money, sum_money


class CannotRefund(Exception):
    """Nothing was recorded; the text says why, in the clerk's words."""


@dataclass(frozen=True)
class RefundDraftLine:
    """Pieces of one line of the order. `was_shipped`: they had left the house."""

    line_id: int
    quantity: int
    was_shipped: bool
    goes_back_on_sale: bool


@dataclass(frozen=True)
class RefundDraft:
    """`submission` names this one form that was sent. `other` is an amount for no line; it is below
    zero when some of what the lines cost was given back before."""

    payment: Payment
    lines: tuple[RefundDraftLine, ...]
    shipping: Money
    other: Money
    note: str = ""
    submission: uuid.UUID = field(default_factory=uuid.uuid4)


def line_amount(line: OrderLine, quantity: int) -> Money:
    return line.order.money(line.unit_price) * quantity


def draft_amount(draft: RefundDraft, lines: dict[int, OrderLine]) -> Money:
    """What the shopper would get. `lines` are those of the order, by their ids."""
    goods = [line_amount(lines[one.line_id], one.quantity) for one in draft.lines]
    return sum_money([*goods, draft.shipping, draft.other], draft.payment.currency)


def refundable(payment: Payment) -> Money:
    """What is left of a payment, with everything taken off that was asked for and not refused."""
    given = [one.money for one in payment.refunds.all() if one.state not in NOT_GIVEN]
    paid = Money(payment.amount, payment.currency)
    return paid - sum_money(given, payment.currency)


def refundable_shipping(order: Order) -> Money:
    given = [one for one in order.refunds.all() if one.state not in NOT_GIVEN]
    amounts = [order.money(one.shipping_amount) for one in given]
    return order.money(order.shipping_total) - sum_money(amounts, order.currency)


def lost_to_the_bank(order: Order) -> Money:
    """What the shopper's bank has taken back for good, of what paid the order."""
    lost = order.disputes.filter(state=DisputeState.LOST, currency=order.currency)
    lost = lost.exclude(payment__is_duplicate=True)
    return sum_money((order.money(one.amount) for one in lost), order.currency)


def main_payment(order: Order) -> Payment | None:
    """The payment that paid the order, not one that came a second time."""
    return next((one for one in order.payments.all() if not one.is_duplicate), None)


def draft_of_everything(order: Order, *, note: str = "") -> RefundDraft | None:
    """All that has not left the house, which goes back on sale. When nothing has left it, also the
    delivery and whatever else is left of the payment. None for an order that nobody paid."""
    payment = main_payment(order)
    if payment is None:
        return None
    lines = list(order.lines.all())
    waiting = [line for line in lines if line.to_ship]
    goods = sum_money((line_amount(line, line.to_ship) for line in waiting), order.currency)
    nothing = Money.zero(order.currency)
    # Stripe gives nothing back of money that is gone; only the goods are the shop's to free.
    left = max(refundable(payment) - lost_to_the_bank(order), nothing)
    if any(line.shipped for line in lines):
        shipping, other = nothing, min(left - goods, nothing)
    else:
        shipping = refundable_shipping(order)
        other = left - goods - shipping
    return RefundDraft(
        payment=payment,
        lines=tuple(
            RefundDraftLine(line.pk, line.to_ship, was_shipped=False, goes_back_on_sale=True)
            for line in waiting
        ),
        shipping=shipping,
        other=other,
        note=note,
    )


def check_draft(draft: RefundDraft, lines: dict[int, OrderLine]) -> Money:
    """The amount of a draft that can be asked for; nothing, if only the goods are to be canceled.

    Raises CannotRefund.
    """
    for one in draft.lines:
        line = lines.get(one.line_id)
        left = 0 if line is None else line.with_shopper if one.was_shipped else line.to_ship
        if not 0 < one.quantity <= left:
            raise CannotRefund(
                _("The order has changed meanwhile. Please say once more what to refund.")
            )
    amount = draft_amount(draft, lines)
    if amount.amount < 0 or (not amount and not draft.lines):
        raise CannotRefund(_("Say what is to be refunded."))
    _require_left(amount, refundable(draft.payment), _("this payment"))
    _require_left(draft.shipping, refundable_shipping(draft.payment.order), _("the delivery"))
    if amount and draft.payment.is_pretended:
        raise CannotRefund(
            _("This payment came with the demonstration: there is no money to give back.")
        )
    return amount


def _require_left(wanted: Money, left: Money, of_what: str) -> None:
    if wanted > left:
        text = _("%(wanted)s is more than the %(left)s that are left of %(what)s.")
        raise CannotRefund(text % {"wanted": wanted, "left": left, "what": of_what})
