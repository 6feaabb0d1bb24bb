from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from checkout.event_words import words_of
from orders.models import Order, dashboard_url


class WebhookEvent(models.Model):
    """The inbox: every event of Stripe's, once. Written down when it arrives, before anything is
    done about it, with no more of it than it takes to do that again."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Being taken in")
        FAILED = "failed", _("Failed")
        APPLIED = "applied", _("Applied")
        IGNORED = "ignored", _("Nothing to do")
        UNMATCHED = "unmatched", _("No order found")

    event_id = models.CharField(_("event at Stripe"), max_length=80, unique=True)
    type = models.CharField(_("type"), max_length=80)
    api_version = models.CharField(_("API version"), max_length=40, blank=True)
    is_live = models.BooleanField(_("live mode"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    order = models.ForeignKey(
        Order,
        verbose_name=_("order"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="webhook_events",
    )
    # What a refund or dispute is matched by, and what it says, for when it overtakes its payment.
    # Of a session its id is enough: Stripe is asked how it stands.
    payment_intent = models.CharField(max_length=80, blank=True, db_index=True)
    facts = models.JSONField(default=dict, blank=True)
    object_id = models.CharField(_("object at Stripe"), max_length=80, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    # What kind of error it was and where; never what it said, which may repeat what was sent.
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    # None for what is done, and for what the shop has given up: only Stripe or a person tries that.
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    created_at = models.DateTimeField(_("made at Stripe"))
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    handled_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("Stripe event")
        verbose_name_plural = _("Stripe events")
        ordering = ["-received_at", "-pk"]
        default_permissions = ("view",)
        permissions = [
            ("replay_webhookevent", _("Can replay Stripe events")),
            ("view_reconciliation", _("Can compare payments with Stripe")),
            ("apply_reconciliation", _("Can apply what only Stripe knows")),
        ]
        indexes = [
            models.Index(fields=["-received_at"], name="checkout_event_received"),
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=["received", "failed"]),
                name="checkout_event_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"

    @property
    def words(self) -> str:
        return words_of(self.type)

    @property
    def dashboard_url(self) -> str:
        return dashboard_url(f"events/{self.event_id}", is_live=self.is_live)

    @property
    def can_be_replayed(self) -> bool:
        """Whether trying again can make a difference. What is applied is never applied again,
        and what was emptied names nothing any more."""
        return self.state in OPEN or (self.state == self.State.UNMATCHED and bool(self.object_id))


# Not taken in yet; all others need nothing more of us.
OPEN = (WebhookEvent.State.RECEIVED, WebhookEvent.State.FAILED)
# What is done for good, however often it is delivered or replayed.
DONE = (WebhookEvent.State.APPLIED, WebhookEvent.State.IGNORED)
