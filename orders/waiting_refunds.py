"""Refunds that Stripe has not answered about: asked for again, then looked up."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from orders.models import Refund
from orders.money_back import RefundState
from orders.refund_answers import KEY_LIVES, look_up_refund
from orders.refund_records import call_for_attention
from orders.refunds import send_refund

ASK_AGAIN_AFTER = timedelta(minutes=1)


def send_waiting_refunds(*, limit: int = 50) -> int:
    """Asks again for refunds whose answer was lost; returns how many were looked at.

    One that got no answer for almost a day is looked up instead. If Stripe cannot be asked even
    that, the staff is told once, and the next run tries.
    """
    now = timezone.now()
    waiting = Refund.objects.filter(state=RefundState.NEW, created_at__lt=now - ASK_AGAIN_AFTER)
    rows = list(waiting.select_related("order", "payment")[:limit])
    for refund in rows:
        if refund.created_at > now - KEY_LIVES:
            send_refund(refund)
        elif not look_up_refund(refund):
            text = _("Stripe never answered about %(amount)s. Please look there whether they went.")
            call_for_attention(refund, text % {"amount": refund.money}, source="job")
    return len(rows)
