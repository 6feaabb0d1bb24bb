from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order


class OutgoingEmail(models.Model):
    """The outbox: one mail of one kind for one order, committed with what it tells about.

    Sent by whoever claims it first. A claim ends by itself, so that a killed worker's mail is
    taken up by the next sweep.
    """

    class Kind(models.TextChoices):
        CONFIRMATION = "order_confirmation", _("Confirmation with invoice")
        STAFF_NEW_ORDER = "staff_new_order", _("Notice to the staff")
        STAFF_ATTENTION = "staff_attention", _("Needs attention, to the staff")

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="emails")
    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PENDING
    )
    attempts = models.PositiveIntegerField(_("tries"), default=0)
    next_attempt_at = models.DateTimeField(_("next try"), default=timezone.now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "kind"], name="orders_email_once_per_kind")
        ]
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="orders_email_due")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.order_id})"
