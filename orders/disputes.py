"""A shopper's bank wants the money back: what is known of it, and who has to hear."""

from datetime import datetime

from django.db import transaction

from orders.changes import lock_order, record_event
from orders.models import Dispute, OrderEvent, OutgoingEmail, Payment
from orders.money_back import DECIDED, DisputeState, is_news_of_dispute
from orders.outbox import queue_email
from shopsite.lib.money import Money


@transaction.atomic
def record_dispute(
    payment: Payment,
    *,
    stripe_id: str,
    amount: Money,
    state: str,
    source: str,
    due_by: datetime | None = None,
    told_at: datetime | None = None,
) -> None:
    """Keeps a dispute by its id, as Stripe's latest word of it is: `told_at` is when that was
    written, and an older one changes nothing. Locks the order.

    The staff hears of a new one, and of each that goes on after it was decided. `due_by` is the
    moment until which it can be answered.
    """
    order = lock_order(payment.order_id)
    dispute = Dispute.objects.filter(stripe_id=stripe_id).first()
    if dispute is None:
        dispute = Dispute(
            order=order, payment=payment, stripe_id=stripe_id, currency=amount.currency
        )
    elif not is_news_of_dispute(state, told_at, known=dispute.state, known_at=dispute.told_at):
        return
    known, dispute.state = dispute.state, state
    dispute.amount = amount.amount
    dispute.due_by = due_by or dispute.due_by
    dispute.told_at = told_at or dispute.told_at
    dispute.was_lost |= known == DisputeState.LOST
    dispute.save()
    if known != state:
        _tell(dispute, amount, known=known, source=source)


def _tell(dispute: Dispute, amount: Money, *, known: str, source: str) -> None:
    text = f"{amount} {dispute.get_state_display()} ({dispute.stripe_id})"
    record_event(dispute.order, OrderEvent.Kind.DISPUTE, source=source, text=text)
    about = f"dispute-{dispute.pk}"
    if known in DECIDED:
        about = f"{about}-{dispute.state}"
    elif known:
        return
    queue_email(dispute.order, OutgoingEmail.Kind.STAFF_ATTENTION, about=about[:40])
