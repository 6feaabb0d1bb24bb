"""The base of every page type of the shop."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page


class ContentPage(Page):
    """A page that says how search engines and shared links show it."""

    share_image = models.ForeignKey(
        "cms.ShopImage",
        verbose_name=_("picture for shared links"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("At least 1200 pixels wide. Without it the page's first picture is taken."),
    )

    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("share_image"),
            ],
            heading=_("For search engines and shared links"),
        ),
        MultiFieldPanel([FieldPanel("show_in_menus")], heading=_("For the menus of the site")),
    ]

    class Meta:
        abstract = True
