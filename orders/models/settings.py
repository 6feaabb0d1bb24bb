from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="doc-full", order=20)
class SellerSettings(BaseGenericSetting):
    """Who sells: what stands on invoices, and how much of a price is tax."""

    legal_name = models.CharField(_("legal name"), max_length=120, default="Fern & Kettle GmbH")
    address = models.TextField(
        _("address"), default="Werkstattgasse 4\n10999 Berlin\nGermany", max_length=400
    )
    vat_id = models.CharField(_("VAT id"), max_length=30, blank=True)
    invoice_prefix = models.CharField(
        _("invoice prefix"),
        max_length=8,
        default="FK",
        validators=[RegexValidator(r"\A[A-Za-z0-9-]+\Z", _("Letters, digits and dashes only."))],
        help_text=_("FK gives FK-2026-00001."),
    )
    tax_rate = models.DecimalField(
        _("tax rate in percent"),
        max_digits=5,
        decimal_places=2,
        default=Decimal("19.00"),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(99))],
        help_text=_("Prices include it. Orders keep the rate they were placed with."),
    )
    staff_email = models.EmailField(
        _("e-mail of the staff"),
        default="orders@example.com",
        help_text=_("Hears of each new paid order."),
    )

    terms_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("terms of sale"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page that shoppers accept when they order."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("legal_name"), FieldPanel("address"), FieldPanel("vat_id")],
            heading=_("On invoices"),
        ),
        FieldPanel("invoice_prefix"),
        FieldPanel("tax_rate"),
        FieldPanel("staff_email"),
        FieldPanel("terms_page"),
    ]

    class Meta:
        verbose_name = _("seller")
