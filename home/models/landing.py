from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.models.stories import StoryPage
from products.blocks import StoryStreamBlock
from products.cards import product_cards
from products.models import ProductPage
from shopsite.cms.pages import ContentPage


class OpensWithHero:
    """A page whose first block may bring the page's heading itself."""

    body: StreamValue

    @property
    def starts_with_hero(self) -> bool:
        first = self.body[0] if self.body else None
        return first is not None and first.block_type == "hero" and first.value.is_shown_now


class HomePage(OpensWithHero, ContentPage):
    """The front door: blocks of the editors' choice, then what is new."""

    body = StreamField(StoryStreamBlock(), verbose_name=_("content"), blank=True)

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*Page.content_panels, FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("body")]

    latest_products_count = 4
    latest_stories_count = 3

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        products = ProductPage.objects.live().public().descendant_of(self)
        products = products.order_by("-first_published_at")[: self.latest_products_count]
        context["latest_products"] = product_cards(products)
        context["latest_stories"] = StoryPage.latest_below(self)[: self.latest_stories_count]
        return context


class LandingIndexPage(ContentPage):
    """Holds the landing pages, so that marketers can be given this branch and no other."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.LandingPage"]

    class Meta:
        verbose_name = _("landing pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["pages"] = LandingPage.objects.child_of(self).live().public()
        return context


class LandingPage(OpensWithHero, ContentPage):
    """A campaign's page, made of any blocks."""

    body = StreamField(StoryStreamBlock(), verbose_name=_("content"), blank=True)

    # Directly below the home page for what is no campaign, such as the terms of sale.
    parent_page_types = ["home.LandingIndexPage", "home.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("landing page")
