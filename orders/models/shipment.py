"""What left the house, parcel by parcel."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order, OrderLine
from shopsite.lib.addresses import harmless_address

NUMBER_MARK = "{number}"


def validate_tracking_address(address: str) -> None:
    """It becomes a link in mails and on the order's page, with the number of a parcel in it."""
    if NUMBER_MARK not in address:
        raise ValidationError(
            _("Write {number} where the tracking number belongs."), code="no_number"
        )
    URLValidator(schemes=["https", "http"])(address.replace(NUMBER_MARK, "1"))


class Carrier(models.Model):
    """Who brings parcels, and where one of them can be followed."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    tracking_address = models.CharField(
        _("address to follow a parcel"),
        max_length=300,
        blank=True,
        validators=[validate_tracking_address],
        help_text=_(
            "With {number} where the tracking number belongs, such as "
            "https://www.example.com/track?id={number}. Leave it empty if there is none."
        ),
    )
    is_active = models.BooleanField(
        _("offered"), default=True, help_text=_("Whether it can be chosen for a parcel.")
    )

    class Meta:
        verbose_name = _("carrier")
        verbose_name_plural = _("carriers")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Shipment(models.Model):
    """One parcel of an order. Carrier and address are kept as they were when it left."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="shipments")
    # One submission of the desk's form makes one parcel, however often it arrives.
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    carrier_name = models.CharField(_("carrier"), max_length=60, blank=True)
    tracking_number = models.CharField(_("tracking number"), max_length=60, blank=True)
    tracking_url = models.CharField(max_length=600, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("shipped"), auto_now_add=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)

    class Meta:
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return " ".join(part for part in (self.carrier_name, self.tracking_number) if part)

    @property
    def link(self) -> str:
        """Where the parcel can be followed, or ""."""
        return harmless_address(self.tracking_url)


class ShipmentLine(models.Model):
    """So many pieces of one line of the order."""

    shipment = models.ForeignKey(Shipment, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="shipped_in")
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("line of a parcel")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shipment", "order_line"], name="orders_shipment_line_once"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1), name="orders_shipment_line_at_least_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.order_line.sku}"
