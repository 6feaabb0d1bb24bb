from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="home", order=10)
class BrandSettings(BaseGenericSetting):
    """What the shop calls itself on every page and in every mail."""

    name = models.CharField(_("name of the shop"), max_length=80, default="Fern & Kettle")
    tagline = models.CharField(
        _("tagline"), max_length=160, blank=True, help_text=_("One line, shown in the footer.")
    )
    announcement = models.CharField(
        _("announcement"),
        max_length=160,
        blank=True,
        help_text=_("One line above the header of every page. Leave empty for none."),
    )
    support_email = models.EmailField(
        _("e-mail for questions"), default="hello@example.com", help_text=_("Shown to shoppers.")
    )

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("tagline")], heading=_("Brand")),
        FieldPanel("announcement"),
        FieldPanel("support_email"),
    ]

    class Meta:
        verbose_name = _("brand")
