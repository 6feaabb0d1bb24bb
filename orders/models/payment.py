"""The trail of money: what we asked Stripe for, and what was paid."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order, amount_field
from orders.status import AttemptState


class PaymentAttempt(models.Model):
    """One Checkout Session, written down before Stripe is asked for it.

    `request` and `idempotency_key` are exactly what is sent, so that sending them again after a
    crash gives the same session and never a second one.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField(_("attempt"))
    idempotency_key = models.CharField(max_length=120, unique=True)
    request = models.JSONField(_("request to Stripe"))
    state = models.CharField(
        _("state"), max_length=12, choices=AttemptState.choices, default=AttemptState.NEW
    )
    session_id = models.CharField(
        _("Checkout Session"), max_length=80, unique=True, null=True, blank=True
    )
    url = models.URLField(_("address to pay at"), max_length=2000, blank=True)
    expires_at = models.DateTimeField(_("open until"))
    # When the shopper came back through the success address, true or not.
    returned_at = models.DateTimeField(_("shopper returned"), null=True, blank=True)
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    checked_at = models.DateTimeField(_("last asked Stripe"), null=True, blank=True)

    class Meta:
        verbose_name = _("payment attempt")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="orders_attempt_number")
        ]

    def __str__(self) -> str:
        return self.idempotency_key


def dashboard_url(path: str, *, is_live: bool) -> str:
    """Where a person looks something up at Stripe. A stand-in shows what it has on its first
    page."""
    if settings.STRIPE_API_BASE:
        return f"{settings.STRIPE_API_BASE}/"
    mode = "" if is_live else "test/"
    return f"https://dashboard.stripe.com/{mode}{path}"


# What the payments of a demonstration begin with; no intent of Stripe's does.
PRETENDED = "pi_demo_"


class Payment(models.Model):
    """Money that arrived. The payment intent is unique: it pays one order once."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    payment_intent = models.CharField(_("payment intent"), max_length=80, unique=True)
    amount = amount_field(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    is_live = models.BooleanField(_("live mode"), default=False)
    # A second payment of an order that was paid already: to be refunded by a person.
    is_duplicate = models.BooleanField(_("paid twice"), default=False)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        verbose_name = _("payment")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(
                fields=["order"], condition=Q(is_duplicate=True), name="orders_payment_second"
            )
        ]

    def __str__(self) -> str:
        return self.payment_intent

    @property
    def is_pretended(self) -> bool:
        """Belongs to an order that came with the demo: neither Stripe nor a stand-in knows it."""
        return self.payment_intent.startswith(PRETENDED)

    @property
    def dashboard_url(self) -> str:
        return dashboard_url(f"payments/{self.payment_intent}", is_live=self.is_live)
