from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index

from home.models.stories import StoryPage
from home.models.templates import LandingTemplatesPage, TemplatePermissionTester
from home.panels import ShortAddressesPanel
from products.blocks import StoryStreamBlock
from products.cards import product_cards
from products.models import ProductPage
from products.previews import ShopPreviewMixin
from shopsite.cms.pages import ContentPage

TEMPLATE_DEPTH = 5  # Below root, home, landing pages and the folder of templates.


class OpensWithHero:
    """A page whose first block may bring the page's heading itself."""

    body: StreamValue

    @property
    def starts_with_hero(self) -> bool:
        first = self.body[0] if self.body else None
        return first is not None and first.block_type == "hero" and first.value.is_shown_now


class HomePage(ShopPreviewMixin, OpensWithHero, ContentPage):
    """The front door: blocks of the editors' choice, then what is new."""

    body = StreamField(
        StoryStreamBlock(),
        verbose_name=_("content"),
        blank=True,
        help_text=_("Begin with a hero: its heading becomes the heading of the page."),
    )

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
    subpage_types = ["home.LandingPage", "home.LandingTemplatesPage"]

    class Meta:
        verbose_name = _("landing pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["pages"] = LandingPage.objects.child_of(self).live().public()
        return context


class LandingPage(ShopPreviewMixin, OpensWithHero, ContentPage):
    """A campaign's page, made of any blocks."""

    body = StreamField(
        StoryStreamBlock(),
        verbose_name=_("content"),
        blank=True,
        help_text=_("Begin with a hero: its heading becomes the heading of the page."),
    )
    has_minimal_header = models.BooleanField(
        _("only brand and cart in the header"),
        default=False,
        help_text=_("No menu, no search and no announcement: nothing leads away from the page."),
    )
    hides_footer = models.BooleanField(
        _("no footer"),
        default=False,
        help_text=_("The links that the law asks for must then stand on the page."),
    )
    hides_from_search_engines = models.BooleanField(
        _("hide from search engines"),
        default=False,
        help_text=_("For a page that only people with its address should find."),
    )

    listed_sizes = ("collection-card", "search-result")
    # Directly below the home page for what is no campaign, such as the terms of sale.
    parent_page_types = ["home.LandingIndexPage", "home.HomePage", "home.LandingTemplatesPage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("body")]
    promote_panels = [
        *ContentPage.promote_panels,
        FieldPanel("hides_from_search_engines"),
        MultiFieldPanel(
            [FieldPanel("has_minimal_header"), FieldPanel("hides_footer")],
            heading=_("Around the content"),
        ),
        ShortAddressesPanel(),
    ]
    search_fields = [*Page.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("landing page")

    @property
    def is_indexable(self) -> bool:
        return super().is_indexable and not self.hides_from_search_engines

    @property
    def is_template(self) -> bool:
        # Only pages as deep as that cost a query: lists of pages ask for every one of theirs.
        deep_enough = (self.depth or 0) >= TEMPLATE_DEPTH
        return deep_enough and self.get_parent().specific_class is LandingTemplatesPage

    def check_publishable(self) -> None:
        super().check_publishable()
        if self.is_template:
            raise ValidationError(
                _("A template is there to be copied and cannot be published itself.")
            )

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        if self.is_template:
            return TemplatePermissionTester(user, self)
        return super().permissions_for_user(user)
