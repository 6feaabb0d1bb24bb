"""Sends a mail of an order once more, because somebody asks for it."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from orders.changes import record_event
from orders.models import OrderEvent, OutgoingEmail
from orders.outbox import queue_email

MOST_COPIES = 20


class CannotResend(Exception):
    """Nothing was sent; the text says why, in the clerk's words."""


@transaction.atomic
def resend(email: OutgoingEmail, *, copy: int, user: User | None) -> bool:
    """Queues the mail again as its `copy`-th, in the words and facts of today.

    True when it was queued now. The same number again sends nothing, so a form that is posted
    twice writes one mail. Raises CannotResend.
    """
    if email.state == OutgoingEmail.State.PENDING:
        raise CannotResend(_("This mail was not sent yet. It goes out by itself."))
    if email.order.is_erased:
        raise CannotResend(_("The customer's data was erased. There is no address to send it to."))
    if copy > MOST_COPIES:
        raise CannotResend(_("This mail was sent too often already."))
    copies = email.order.emails.filter(kind=email.kind, about=email.about)
    if copies.filter(copy__gte=copy).exists():
        return False
    kind = OutgoingEmail.Kind(email.kind)
    queue_email(email.order, kind, about=email.about, copy=copy)
    record_event(
        email.order,
        OrderEvent.Kind.RESENT,
        source=f"desk {user.get_username()}"[:60] if user else "desk",
        text=str(email.get_kind_display()),
        user=user,
    )
    return True
