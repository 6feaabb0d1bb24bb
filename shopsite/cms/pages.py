"""Mixins that page types of every app share. Each brings its own panels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page


class SearchListingMixin(models.Model):
    """What search engines and shared links show of a page."""

    share_image = models.ForeignKey(
        "cms.ShopImage",
        verbose_name=_("picture for shared links"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("At least 1200 pixels wide. Without it the page's first picture is taken."),
    )

    class Meta:
        abstract = True

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


class ContentPage(SearchListingMixin, Page):
    """The base of every page type of the shop: one set of promote panels, one canonical address."""

    promote_panels = SearchListingMixin.promote_panels

    class Meta:
        abstract = True
