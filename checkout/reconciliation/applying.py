"""Brings what only Stripe knows into the shop's books, by the same doors as a webhook."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from checkout import gateway
from checkout.events import apply_waiting_events
from checkout.sessions import Outcome, apply_checkout_session
from orders.models import Order, Payment
from orders.refund_records import record_refund
from shopsite.lib.money import Money

SOURCE = "reconciliation"
APPLIED = "checkout.apply_reconciliation"  # What the log of the admin calls it.


class CannotApply(Exception):
    """Its text says why, for whoever pressed the button."""


def apply_payment(payment_intent: str, *, user: User | None) -> Order:
    """Applies the session that a payment was made in, as it is at Stripe now. A second time
    changes nothing. Raises CannotApply, GatewayUnavailable and GatewayRejected; must not run in a
    transaction, since Stripe is asked."""
    session = gateway.find_session(payment_intent)
    if session is None:
        raise CannotApply(_("Stripe knows of no such payment."))
    outcome, order = apply_checkout_session(session, source=SOURCE)
    if order is None or outcome is Outcome.UNKNOWN:
        raise CannotApply(_("This payment belongs to no order of this shop."))
    apply_waiting_events()  # Refunds and disputes that came before it.
    log(order, APPLIED, user=user)
    return order


def apply_refund(refund_id: str, *, user: User | None) -> Order:
    """Records a refund as it is at Stripe now; all else is as with `apply_payment`."""
    refund = gateway.retrieve_refund(refund_id)
    payment = Payment.objects.filter(payment_intent=refund.payment_intent or None).first()
    if payment is None:
        raise CannotApply(_("Its payment is not recorded here. Apply that first."))
    record_refund(
        payment,
        stripe_id=refund.id,
        amount=Money.from_minor(refund.amount, refund.currency.upper()),
        state=refund.status,
        source=SOURCE,
        reference=refund.reference,
    )
    log(payment.order, APPLIED, user=user)
    return payment.order
