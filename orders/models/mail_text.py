from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
)

from orders.mail_variables import check_variables
from orders.models.email import OutgoingEmail
from orders.models.order import Order
from orders.status import OrderStatus

Kind = OutgoingEmail.Kind

PREVIEWED_ORDERS = 20

# Which orders have what each mail tells about.
SHOPPER_MAILS: dict[str, Q] = {
    Kind.CONFIRMATION: Q(paid_at__isnull=False),
    Kind.PAYMENT_PROCESSING: Q(),
    Kind.PAYMENT_FAILED: Q(),
    Kind.EXPIRED: Q(),
    Kind.SHIPPED: Q(shipments__isnull=False),
    Kind.REFUNDED: Q(refunds__isnull=False),
    Kind.CANCELED: Q(status=OrderStatus.CANCELED),
}


class MailText(
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    models.Model,
):
    """The shop's own words for one kind of mail, in one language. What is left empty keeps the
    words that the mail has without it; what depends on the order stands below in any case."""

    kind = models.CharField(
        _("mail"),
        max_length=40,
        choices=[(kind.value, kind.label) for kind in Kind if kind in SHOPPER_MAILS],
    )
    subject = models.CharField(
        _("subject"),
        max_length=120,
        blank=True,
        validators=[check_variables],
        help_text=_("What stands in the list of mails, such as: Your order {number} is confirmed."),
    )
    heading = models.CharField(
        _("heading"), max_length=80, blank=True, validators=[check_variables]
    )
    opening = models.TextField(
        _("opening"),
        max_length=1200,
        blank=True,
        validators=[check_variables],
        help_text=_("Below the heading. An empty line begins a new paragraph."),
    )
    closing = models.TextField(
        _("closing"),
        max_length=1200,
        blank=True,
        validators=[check_variables],
        help_text=_("At the end, such as a greeting. The mail has none of its own."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("subject"),
                FieldPanel("heading"),
                FieldPanel("opening"),
                FieldPanel("closing"),
            ],
            heading=_("Words"),
            help_text=_(
                "Leave a field empty to keep the words of the mail as it is. You can write {name}, "
                "{number}, {total} and {shop}, which are filled in for each order."
            ),
        )
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("mail text")
        verbose_name_plural = _("mail texts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "locale"], name="orders_mail_text_once_per_language"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_empty(self) -> bool:
        return not any((self.subject, self.heading, self.opening, self.closing))

    @property
    def sample_orders(self) -> QuerySet[Order]:
        """Those that the mail could be about, newest first."""
        return Order.objects.filter(SHOPPER_MAILS[self.kind]).distinct().order_by("-pk")

    @cached_property
    def preview_modes(self) -> list[tuple[str, Any]]:
        orders = self.sample_orders[:PREVIEWED_ORDERS]
        modes = [(str(order.pk), f"{order.number}, {order.name}") for order in orders]
        return modes or [("", _("No order yet"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "orders/admin/mail_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context = super().get_preview_context(request, mode_name)
        return {**context, "order_id": mode_name}
