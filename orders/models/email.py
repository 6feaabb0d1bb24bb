from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order
from shopsite.cms.models import OutboxEmail

if TYPE_CHECKING:
    from orders.models.mail_text import MailText


class OutgoingEmail(OutboxEmail):
    """A mail of one kind for one order, and for one of the things it is about.

    `text` is what a preview shows instead of the words that are published.
    """

    text: "MailText | None" = None

    class Kind(models.TextChoices):
        CONFIRMATION = "order_confirmation", _("Confirmation with invoice")
        STAFF_NEW_ORDER = "staff_new_order", _("Notice to the staff")
        SHIPPED = "order_shipped", _("Parcel is on its way")
        PAYMENT_PROCESSING = "payment_processing", _("Payment is on its way")
        PAYMENT_FAILED = "payment_failed", _("Payment did not go through")
        EXPIRED = "order_expired", _("Time to pay is over")
        REFUNDED = "order_refunded", _("Money given back")
        CANCELED = "order_canceled", _("Order canceled")
        STAFF_ATTENTION = "staff_attention", _("Needs attention, to the staff")

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="emails")
    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices)
    # Which of several things of the order it tells about, such as one of its parcels.
    about = models.CharField(max_length=40, blank=True, default="")
    # 0 is the first; each further one was asked for by hand.
    copy = models.PositiveSmallIntegerField(default=0)
    # Of the shop's own words it was sent with. Empty: the words that the mail has without any.
    words_revision = models.ForeignKey(
        "wagtailcore.Revision",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta(OutboxEmail.Meta):
        permissions = [("resend_email", "Can send a mail to a customer again")]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind", "about", "copy"], name="orders_email_once_per_kind"
            )
        ]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="orders_email_due"),
            models.Index(
                fields=["order"], condition=models.Q(state="failed"), name="orders_email_failed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.order_id})"
