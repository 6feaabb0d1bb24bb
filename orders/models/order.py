"""What was agreed with a shopper: snapshots that no later change of a product touches."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from orders.models.address import address_lines
from orders.sources import LineSource
from orders.status import PAYABLE, OrderStatus
from products.models import ProductVariant
from shopsite.lib.money import Money
from shopsite.lib.tokens import make_token


def amount_field(label: Promise, **options: Any) -> models.DecimalField:
    """An amount in the order's currency, fine enough for currencies with three decimals."""
    return models.DecimalField(label, max_digits=14, decimal_places=3, **options)  # type: ignore[arg-type]


def rate_field() -> models.DecimalField:
    return models.DecimalField(_("tax rate in percent"), max_digits=5, decimal_places=2, default=0)


# Whose order it was is erased. A name that no mail server can ever have.
ERASED_EMAIL = "erased@erased.invalid"


class Order(models.Model):
    number = models.CharField(_("number"), max_length=20, unique=True)
    # What guests reach their order by: too long to guess, never shown in a list of the site.
    token = models.CharField(max_length=64, unique=True, default=make_token, editable=False)
    # One submission of the checkout form makes one order, however often it arrives.
    checkout_token = models.CharField(max_length=64, unique=True, editable=False)
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=OrderStatus.choices,
        default=OrderStatus.AWAITING_PAYMENT,
        db_index=True,
    )
    currency = models.CharField(_("currency"), max_length=3)
    subtotal = amount_field(_("subtotal"))
    shipping_total = amount_field(_("shipping"))
    shipping_tax = amount_field(_("tax included in shipping"), default=Decimal(0))
    shipping_tax_rate = rate_field()
    tax_total = amount_field(_("tax included"))
    total = amount_field(_("total"))
    shipping_method_name = models.CharField(_("shipping method"), max_length=80)

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    address_line1 = models.CharField(_("address"), max_length=160)
    address_line2 = models.CharField(_("address, second line"), max_length=160, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=80)
    region = models.CharField(_("region"), max_length=80, blank=True)
    country: Any = CountryField(_("country"))
    note = models.TextField(_("note"), max_length=500, blank=True)
    # Django's code of the language the shopper ordered in; see orders/languages.py.
    language = models.CharField(_("language"), max_length=20, blank=True, editable=False)
    terms_accepted_at = models.DateTimeField(_("terms accepted"))

    created_at = models.DateTimeField(_("placed"), auto_now_add=True, db_index=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)
    # Until then the stock is held; moved on by each payment attempt.
    expires_at = models.DateTimeField(_("unpaid until"))

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("export_order", "Can export orders"),
            ("ship_order", "Can record what of an order was shipped and delivered"),
            ("cancel_order", "Can cancel an order"),
            ("refund_order", "Can give back the money of an order"),
            ("view_sales_reports", "Can see the reports of sales, tax and refunds"),
            ("view_page_sales", "Can see what was sold from the pages they may change"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(total__gte=F("shipping_total"), shipping_total__gte=0, subtotal__gte=0),
                name="orders_order_amounts_not_negative",
            ),
        ]
        # For the desk's list: what it is narrowed to, and the newest of one status.
        indexes = [
            models.Index(fields=["status", "-created_at", "-id"], name="orders_order_by_status"),
            models.Index(fields=["country"], name="orders_order_by_country"),
            models.Index(fields=["total"], name="orders_order_by_total"),
            # For what an address has ordered, however it was written.
            models.Index(Lower("email"), name="orders_order_by_email"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("order", args=[self.token])

    @property
    def full_url(self) -> str:
        """The address for mails and for Stripe, from the settings and not from a request."""
        return settings.SITE_URL + self.get_absolute_url()

    def money(self, amount: object) -> Money:
        """One of the order's amounts as money, rounded to its currency's decimals."""
        return Money(amount, self.currency).quantize()  # type: ignore[arg-type]

    @property
    def shopper_status(self) -> str:
        return OrderStatus(self.status).shopper_label

    @property
    def total_money(self) -> Money:
        return self.money(self.total)

    @property
    def is_payable(self) -> bool:
        return self.status in PAYABLE

    @property
    def is_erased(self) -> bool:
        return self.email == ERASED_EMAIL

    @property
    def address_lines(self) -> list[str]:
        """The address as it stands on a parcel, without empty lines."""
        return address_lines((self.name,), self)

    @property
    def lines_to_ship(self) -> list["OrderLine"]:
        """Those of which a piece is still to leave the house."""
        return [line for line in self.lines.all() if line.to_ship]

    @property
    def billing_or_none(self) -> Any:
        """Its BillingAddress; None when the bill goes where the parcel goes."""
        return getattr(self, "billing", None)

    @property
    def billing_lines(self) -> list[str]:
        """Where the bill goes, as it stands on it."""
        billing = self.billing_or_none
        return billing.lines if billing else self.address_lines


class OrderLine(models.Model):
    """One variant of an order, as it was called and what it cost when the order was placed."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    # Only to find the stock again. Deleting the product leaves the line as it is.
    variant = models.ForeignKey(
        ProductVariant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sku = models.CharField(_("SKU"), max_length=60)
    title = models.CharField(_("product"), max_length=255)
    options_label = models.CharField(_("options"), max_length=200, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    unit_price = amount_field(_("unit price"))
    line_total = amount_field(_("total"))
    line_tax = amount_field(_("tax included"))
    tax_rate = rate_field()
    # Pieces of stock this line holds; 0 once they were released.
    allocated = models.PositiveIntegerField(_("allocated"), default=0)
    shipped = models.PositiveIntegerField(_("shipped"), default=0)
    # Refunded before they left the house, and after.
    canceled = models.PositiveIntegerField(_("canceled"), default=0)
    returned = models.PositiveIntegerField(_("returned"), default=0)
    # Where it was added (see LineSource): ids and no keys, so that what sold it may be deleted.
    source_page_id = models.PositiveBigIntegerField(_("added on page"), null=True, blank=True)
    source_page_title = models.CharField(_("name of that page"), max_length=255, blank=True)
    source_revision_id = models.PositiveBigIntegerField(
        _("added in version"), null=True, blank=True
    )
    source_block_id = models.UUIDField(_("added in block"), null=True, blank=True)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["pk"]
        indexes = [models.Index(fields=["source_page_id"], name="orders_line_by_source_page")]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1), name="orders_line_quantity_at_least_one"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=F("allocated") + F("shipped") + F("canceled")),
                name="orders_line_parts_at_most_all",
            ),
            models.CheckConstraint(
                condition=Q(shipped__gte=F("returned")), name="orders_line_returned_at_most_shipped"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.sku}"

    @property
    def source(self) -> LineSource | None:
        if self.source_page_id is None:
            return None
        block_id = str(self.source_block_id) if self.source_block_id else None
        return LineSource(
            self.source_page_id, self.source_page_title, self.source_revision_id, block_id
        )

    @property
    def to_ship(self) -> int:
        """Pieces that are still to leave the house, whether they are held in stock or not."""
        return self.quantity - self.shipped - self.canceled

    @property
    def with_shopper(self) -> int:
        """Pieces that left the house and were not given back."""
        return self.shipped - self.returned


class OrderEvent(models.Model):
    """One entry of the order's timeline: what happened, by whom, from where. Only added."""

    class Kind(models.TextChoices):
        PLACED = "placed", _("Order placed")
        PAYMENT_STARTED = "payment_started", _("Payment started")
        PAYMENT_UNAVAILABLE = "payment_unavailable", _("Payment provider not available")
        STATUS = "status", _("Status changed")
        PAYMENT_FAILED = "payment_failed", _("Payment failed")
        MISMATCH = "mismatch", _("Payment does not match the order")
        REFUND = "refund", _("Refund")
        REFUND_FAILED = "refund_failed", _("Refund failed")
        ATTENTION = "attention", _("Needs attention")
        DISPUTE = "dispute", _("Dispute")
        STOCK = "stock", _("Stock missing")
        SHIPMENT = "shipment", _("Parcel shipped")
        DELIVERY = "delivery", _("Parcel delivered")
        INVOICE = "invoice", _("Invoice issued")
        CREDIT_NOTE = "credit_note", _("Credit note issued")
        REVERSAL = "reversal", _("Credit note taken back")
        RESENT = "resent", _("Mail sent again")
        SETTLED = "settled", _("Seen to")
        LINK_RENEWED = "link_renewed", _("Link replaced")

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("what"), max_length=24, choices=Kind.choices)
    status = models.CharField(
        _("new status"), max_length=20, choices=OrderStatus.choices, blank=True
    )
    text = models.CharField(_("details"), max_length=300, blank=True)
    # Which one is seen to. Those from before this was kept name none, and ended all of their order.
    concern = models.CharField(max_length=40, blank=True, default="", editable=False)
    source = models.CharField(
        _("from"), max_length=60, help_text=_("webhook, return page, reconciler, a person ...")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["kind", "order"], name="orders_event_by_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.text}".strip()

    @property
    def shopper_label(self) -> str:
        """What a shopper reads of it: for a change of status the status, without our reasons."""
        if self.kind == self.Kind.STATUS and self.status:
            return OrderStatus(self.status).shopper_label
        return str(self.get_kind_display())
