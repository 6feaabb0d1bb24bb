"""Which function builds which mail of an order; the words stand in templates/emails/."""

from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import translation

from orders.languages import order_language
from orders.models import SHOPPER_MAILS, OutgoingEmail
from orders.shopper_emails import (
    order_canceled,
    order_confirmation,
    order_refunded,
    order_shipped,
)
from orders.staff_emails import staff_attention, staff_new_order
from orders.unpaid_emails import order_expired, payment_failed, payment_processing

Kind = OutgoingEmail.Kind

BUILDERS: dict[str, Callable[..., EmailMultiAlternatives]] = {
    Kind.CONFIRMATION: order_confirmation,
    Kind.SHIPPED: order_shipped,
    Kind.PAYMENT_PROCESSING: payment_processing,
    Kind.PAYMENT_FAILED: payment_failed,
    Kind.EXPIRED: order_expired,
    Kind.REFUNDED: order_refunded,
    Kind.CANCELED: order_canceled,
    Kind.STAFF_NEW_ORDER: staff_new_order,
    Kind.STAFF_ATTENTION: staff_attention,
}


def build_message(email: OutgoingEmail, *, with_pdf: bool = True) -> EmailMultiAlternatives:
    """The message of one outbox row, always with the same Message-ID: to the shopper in the
    language of the order, to the staff in the shop's own.

    Raises PdfError when the invoice cannot be typeset and `with_pdf` asks for it.
    """
    is_to_shopper = email.kind in SHOPPER_MAILS
    language = order_language(email.order) if is_to_shopper else settings.LANGUAGE_CODE
    with translation.override(language):
        return BUILDERS[email.kind](email, with_pdf=with_pdf)
