"""Money that went back, or that somebody wants back."""

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order, OrderLine, amount_field
from orders.models.payment import Payment
from orders.money_back import NEEDS_ANSWER, DisputeState, RefundState
from shopsite.lib.money import Money


class Refund(models.Model):
    """One refund of one payment, asked for at the desk or made in Stripe's dashboard.

    The desk writes it down before Stripe is asked: sending the same again, with the key made of
    `submission`, gives the same refund. One from the dashboard has neither submission nor lines.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="refunds")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    stripe_id = models.CharField(
        _("refund at Stripe"), max_length=80, unique=True, null=True, blank=True
    )
    # One submission of the desk's form makes one refund, however often it arrives.
    submission = models.UUIDField(unique=True, null=True, editable=False)
    currency = models.CharField(_("currency"), max_length=3)
    amount = amount_field(_("amount"))
    # What of the amount is not for lines. The other amount is below zero when some of it was given
    # back before.
    shipping_amount = amount_field(_("for delivery"), default=Decimal(0))
    other_amount = amount_field(_("other amount"), default=Decimal(0))
    state = models.CharField(_("state"), max_length=24, choices=RefundState.choices)
    note = models.CharField(_("words to the shopper"), max_length=300, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    # When Stripe took it on and the goods followed; what it did is done once.
    settled_at = models.DateTimeField(_("taken on"), null=True, blank=True)
    # Since when Stripe answers with a failure that it remembers.
    stuck_since = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("refund")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["state"], name="orders_refund_by_state")]

    def __str__(self) -> str:
        return self.stripe_id or f"{self.order_id} {self.amount}"

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)


class RefundLine(models.Model):
    """So many pieces of one line of the order, which had left the house or not."""

    refund = models.ForeignKey(Refund, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="refunded_in")
    quantity = models.PositiveIntegerField(_("quantity"))
    amount = amount_field(_("amount"))
    was_shipped = models.BooleanField(_("had left the house"))
    # Of pieces that had not: how many were held in stock for the order.
    held = models.PositiveIntegerField(_("held"), default=0)
    goes_back_on_sale = models.BooleanField(_("goes back on sale"))

    class Meta:
        verbose_name = _("line of a refund")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["refund", "order_line", "was_shipped"], name="orders_refund_line_once"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1), name="orders_refund_line_at_least_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.order_line.sku}"


class Dispute(models.Model):
    """A shopper's bank wants the money back."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="disputes")
    # None where it was recorded before this was kept: the order had one payment, in all likelihood.
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="disputes"
    )
    stripe_id = models.CharField(_("dispute at Stripe"), max_length=80, unique=True)
    amount = amount_field(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    state = models.CharField(_("state"), max_length=40, choices=DisputeState.choices)
    due_by = models.DateTimeField(_("to be answered by"), null=True, blank=True)
    # When Stripe wrote what is known here. None where it was recorded before this was kept.
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Before it took another turn.
    was_lost = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        verbose_name = _("dispute")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.stripe_id

    @property
    def answer_by(self) -> datetime | None:
        """The moment until which the shop can answer; None when nobody waits for an answer."""
        return self.due_by if self.state in NEEDS_ANSWER else None
