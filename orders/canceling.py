"""Orders that the shop gives up: nothing more is shipped, and the money goes back."""

import uuid
from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from orders.changes import end_unpaid, lock_order
from orders.models import Order, OutgoingEmail, Refund
from orders.outbox import queue_email
from orders.provider import ProviderUnavailable, payment_provider
from orders.refund_draft import draft_of_everything
from orders.refunds import request_refund, send_refund
from orders.status import CANCELABLE, PAYABLE, OrderAction, OrderStatus


class CannotCancel(Exception):
    """Nothing was changed; the text says why, in the clerk's words."""


def cancel_order(
    *, order: Order, user: User | None, note: str = "", submission: uuid.UUID | None = None
) -> Refund | None:
    """Gives up what of an order has not left the house, and sends back what was paid for it.

    Returns the refund, which may wait for Stripe's answer; None when nobody had paid. Idempotent by
    `submission`. Raises CannotCancel and CannotRefund. Must not be called inside a transaction.
    """
    if order.status not in CANCELABLE:
        text = _("This order is “%(status)s”, so nothing of it can be canceled.")
        raise CannotCancel(text % {"status": order.get_status_display()})
    if order.status in PAYABLE:
        _cancel_unpaid(order, user)
        return None
    draft = draft_of_everything(order, note=note)
    if draft is None:
        _cancel_without_payment(order, user)
        return None
    if submission is not None:
        draft = replace(draft, submission=submission)
    refund = request_refund(draft=draft, user=user)
    send_refund(refund)
    return refund


def _cancel_unpaid(order: Order, user: User | None) -> None:
    source = f"desk {user.get_username()}"[:60] if user else "desk"
    try:
        payment_provider().cancel_unpaid(order, source=source)
    except ProviderUnavailable as error:
        raise CannotCancel(
            _("Stripe does not answer, so the order could still be paid. Please try again soon.")
        ) from error
    order.refresh_from_db()
    if order.status != OrderStatus.CANCELED:
        raise CannotCancel(_("The order was paid a moment ago. Please look at it again."))
    queue_email(order, OutgoingEmail.Kind.CANCELED)


@transaction.atomic
def _cancel_without_payment(order: Order, user: User | None) -> None:
    """Money and order disagreed, and none of the money was recorded as the order's."""
    if end_unpaid(lock_order(order.pk), OrderAction.CANCEL, source="desk", user=user):
        queue_email(order, OutgoingEmail.Kind.CANCELED)
