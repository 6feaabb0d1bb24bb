from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="shop-storefront", order=20)
class SellerSettings(BaseGenericSetting):
    """Who sells: what stands on invoices, and what holds for every delivery."""

    legal_name = models.CharField(_("legal name"), max_length=120, default="Fern & Kettle GmbH")
    address = models.TextField(
        _("address"),
        default="Werkstattgasse 4\n10999 Berlin\nGermany",
        max_length=400,
        help_text=_("As it stands on a letter, a line for each part."),
    )
    country: Any = CountryField(
        _("country"),
        blank=True,
        help_text=_(
            "Where the seller is at home. With it and the VAT id, invoices hold their data for "
            "accounting software as well."
        ),
    )
    vat_id = models.CharField(
        _("VAT id"), max_length=30, blank=True, help_text=_("Such as DE123456789, if you have one.")
    )
    invoice_prefix = models.CharField(
        _("invoice prefix"),
        max_length=8,
        default="FK",
        validators=[RegexValidator(r"\A[A-Za-z0-9-]+\Z", _("Letters, digits and dashes only."))],
        help_text=_("FK gives FK-2026-00001."),
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

    delivery_time = models.CharField(
        _("how long delivery takes"),
        max_length=80,
        blank=True,
        help_text=_("Beside the price of delivery, such as: 2–4 working days."),
    )
    delivery_text = models.TextField(
        _("about delivery"),
        max_length=800,
        blank=True,
        help_text=_("Below the ways of shipping, which say themselves what they cost."),
    )
    returns_headline = models.CharField(
        _("returns in a few words"),
        max_length=80,
        blank=True,
        help_text=_("Beside the button to buy, such as: 30 days to return."),
    )
    returns_text = models.TextField(
        _("about returns"),
        max_length=800,
        blank=True,
        help_text=_("How to send something back, and who pays for it."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("legal_name"),
                FieldPanel("address"),
                FieldPanel("country"),
                FieldPanel("vat_id"),
            ],
            heading=_("On invoices"),
        ),
        FieldPanel("invoice_prefix"),
        FieldPanel("staff_email"),
        FieldPanel("terms_page"),
        MultiFieldPanel(
            [
                FieldPanel("delivery_time"),
                FieldPanel("delivery_text"),
                FieldPanel("returns_headline"),
                FieldPanel("returns_text"),
            ],
            heading=_("Delivery and returns"),
            help_text=_("Stands on the page of every product. Leave empty what you do not say."),
        ),
    ]

    class Meta:
        verbose_name = _("seller")
