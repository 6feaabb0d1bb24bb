from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models import Order


class WebhookEvent(models.Model):
    """The inbox: every event of Stripe's, once. Written in the transaction that applies it."""

    class State(models.TextChoices):
        APPLIED = "applied", _("Applied")
        IGNORED = "ignored", _("Nothing to do")
        UNMATCHED = "unmatched", _("No order found")

    event_id = models.CharField(_("event at Stripe"), max_length=80, unique=True)
    type = models.CharField(_("type"), max_length=80)
    api_version = models.CharField(_("API version"), max_length=40, blank=True)
    is_live = models.BooleanField(_("live mode"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    order = models.ForeignKey(
        Order, null=True, blank=True, on_delete=models.SET_NULL, related_name="webhook_events"
    )
    # What a refund or dispute is matched by, and what it says, for when it overtakes its payment.
    payment_intent = models.CharField(max_length=80, blank=True, db_index=True)
    facts = models.JSONField(default=dict, blank=True)
    object_id = models.CharField(_("object"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("made at Stripe"))
    received_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        verbose_name = _("webhook event")
        verbose_name_plural = _("webhook events")
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"
