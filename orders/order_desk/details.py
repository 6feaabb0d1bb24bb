"""Everything the desk shows of one order, read in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from orders.models import (
    CreditNote,
    Dispute,
    Invoice,
    Order,
    OrderEvent,
    OrderLine,
    OutgoingEmail,
    Paper,
    Payment,
    PaymentAttempt,
    Refund,
    Shipment,
    dashboard_url,
)
from orders.order_desk.cells import payment_link
from orders.refund_draft import refundable
from orders.status import ENDED
from orders.taxes import order_tax_shares
from shopsite.lib.money import Money


@dataclass(frozen=True)
class LineRow:
    line: OrderLine
    unit_price: Money
    total: Money

    @property
    def whereabouts(self) -> str:
        """Where its pieces are, such as "2 shipped, 1 held"."""
        line = self.line
        counts = (
            (line.shipped, _("%(number)d shipped")),
            (line.allocated, _("%(number)d held")),
            (line.canceled, _("%(number)d canceled")),
            (line.returned, _("%(number)d refunded")),
        )
        words = [str(text) % {"number": number} for number, text in counts if number]
        return ", ".join(words) or str(_("none held"))


@dataclass(frozen=True)
class SumRow:
    label: str | Promise
    amount: Money
    is_total: bool = False


@dataclass(frozen=True)
class PaymentRow:
    payment: Payment
    link: SafeString
    amount: Money
    left: Money


@dataclass(frozen=True)
class ClaimRow:
    """A refund or a dispute: money that went back, or that somebody wants back. Of a dispute `url`
    leads to where it is answered."""

    kind: str | Promise
    record: Refund | Dispute
    amount: Money
    url: str = ""

    @property
    def credit_note(self) -> CreditNote | None:
        return getattr(self.record, "credit_note", None)

    @property
    def papers(self) -> list[Paper]:
        """Its credit note, and what took that back."""
        note = self.credit_note
        return [one for one in (note, note and note.reversal_or_none) if one]

    @property
    def items(self) -> list[str]:
        """The pieces a refund is for, such as "2 × FK-MUG-OAT"."""
        lines = self.record.lines.all() if isinstance(self.record, Refund) else ()
        return [f"{one.quantity} × {one.order_line.sku}" for one in lines]


@dataclass(frozen=True)
class EmailRow:
    """`next_copy` is the number under which it would be sent again."""

    email: OutgoingEmail
    next_copy: int


@dataclass(frozen=True)
class OrderDetails:
    order: Order
    invoice: Invoice | None
    lines: tuple[LineRow, ...]
    sums: tuple[SumRow, ...]
    payments: tuple[PaymentRow, ...]
    attempts: tuple[PaymentAttempt, ...]
    claims: tuple[ClaimRow, ...]
    parcels: tuple[Shipment, ...]
    events: tuple[OrderEvent, ...]
    emails: tuple[EmailRow, ...]

    @property
    def is_pretended(self) -> bool:
        """Whether its money was never anywhere."""
        return any(row.payment.is_pretended for row in self.payments)

    @property
    def to_ship(self) -> int:
        """Pieces that are still to leave the house; none of an order that has ended."""
        if self.order.status in ENDED:
            return 0
        return sum(row.line.to_ship for row in self.lines)

    @property
    def held(self) -> int:
        """Pieces of stock that wait for this order."""
        return sum(row.line.allocated for row in self.lines)


def order_details(pk: int) -> OrderDetails:
    order = (
        Order.objects.select_related("billing")
        .prefetch_related(
            "lines",
            "payments__refunds",
            "attempts",
            "refunds__lines__order_line",
            "refunds__credit_note__reversal",
            "refunds__user",
            "disputes",
            "events__user",
            "emails__words_revision",
            "shipments__lines__order_line",
            "shipments__user",
        )
        .get(pk=pk)
    )
    return OrderDetails(
        order=order,
        invoice=Invoice.objects.filter(order=order).first(),
        lines=tuple(
            LineRow(line, order.money(line.unit_price), order.money(line.line_total))
            for line in order.lines.all()
        ),
        sums=_sums(order),
        payments=tuple(
            PaymentRow(one, payment_link(one, one.payment_intent), _money(one), refundable(one))
            for one in order.payments.all()
        ),
        attempts=tuple(order.attempts.all()),
        claims=(
            *(ClaimRow(_kind_of(one), one, _money(one)) for one in order.refunds.all()),
            *(
                ClaimRow(_("Dispute"), one, _money(one), _dispute_url(order, one))
                for one in order.disputes.all()
            ),
        ),
        parcels=tuple(order.shipments.all()),
        events=tuple(order.events.all()),
        emails=_email_rows(order.emails.all()),
    )


def _kind_of(refund: Refund) -> str | Promise:
    """A refund of nothing only took pieces out of the order, whose money had gone back before."""
    return _("Refund") if refund.amount else _("Pieces canceled")


def _dispute_url(order: Order, dispute: Dispute) -> str:
    is_live = any(payment.is_live for payment in order.payments.all())
    return dashboard_url(f"disputes/{dispute.stripe_id}", is_live=is_live)


def _sums(order: Order) -> tuple[SumRow, ...]:
    return (
        SumRow(_("Subtotal"), order.money(order.subtotal)),
        SumRow(order.shipping_method_name, order.money(order.shipping_total)),
        SumRow(_("Total"), order.total_money, is_total=True),
        *(
            SumRow(_("Tax included (%(rate)s %%)") % {"rate": share.rate_label}, share.tax)
            for share in order_tax_shares(order)
        ),
    )


def _money(record: Payment | Refund | Dispute) -> Money:
    return Money(record.amount, record.currency)


def _email_rows(emails: Iterable[OutgoingEmail]) -> tuple[EmailRow, ...]:
    emails = list(emails)
    copies: dict[tuple[str, str], int] = {}
    for email in emails:
        key = (email.kind, email.about)
        copies[key] = max(copies.get(key, 0), email.copy)
    return tuple(EmailRow(one, copies[one.kind, one.about] + 1) for one in emails)
