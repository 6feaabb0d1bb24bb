"""Collections: pages that put products together, by hand or by rule. They are the categories."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.query import PageQuerySet
from wagtail.search import index

from products.blocks import StoryStreamBlock
from products.models.pages import ProductPage
from products.previews import ShopPreviewMixin
from products.rule_blocks import RuleStreamBlock
from products.rules import Selection
from shopsite.cms.blocks import SHORT_TEXT_FEATURES
from shopsite.cms.covers import CoverPage
from shopsite.cms.pages import ContentPage


class CollectionIndexPage(ContentPage):
    """All collections, in the order of the page tree. A branch of its own, so that people can be
    given the right to collections without the one to products."""

    intro = RichTextField(
        _("introduction"),
        features=SHORT_TEXT_FEATURES,
        blank=True,
        help_text=_("A sentence or two above the collections."),
    )

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["products.CollectionPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("collections")


class CollectionPage(ShopPreviewMixin, CoverPage):
    """Products that belong together, with a story of their own. What was picked by hand stands
    first, in its order; what the rule finds follows."""

    intro = RichTextField(
        _("introduction"),
        features=SHORT_TEXT_FEATURES,
        blank=True,
        help_text=_("A sentence or two above the products."),
    )
    cover = models.ForeignKey(
        "cms.ShopImage",
        verbose_name=_("cover picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands for the collection on its tile and above its products."),
    )
    cover_alt = models.CharField(
        _("alternative text of the cover"),
        max_length=200,
        blank=True,
        help_text=_("What the picture shows, for people who cannot see it."),
    )
    rule = StreamField(
        RuleStreamBlock(),
        verbose_name=_("products by rule"),
        blank=True,
        help_text=_("Adds every product it fits, also those that come later."),
    )
    includes_below = models.BooleanField(
        _("with the products of the collections below"),
        default=True,
        help_text=_("So that “Tea” also shows what lies in “Green tea”."),
    )
    body = StreamField(
        StoryStreamBlock(),
        verbose_name=_("story"),
        blank=True,
        help_text=_("Shown below the products."),
    )

    shows_products = True
    listed_sizes = ("collection-card", "collection-tile", "search-result")
    parent_page_types = ["products.CollectionIndexPage", "products.CollectionPage"]
    subpage_types = ["products.CollectionPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading=_("Cover")),
        MultipleChooserPanel(
            "picks",
            chooser_field_name="product_page",
            label=_("product"),
            heading=_("Products by hand"),
            help_text=_("They stand first, in this order."),
        ),
        FieldPanel("rule"),
        FieldPanel("includes_below"),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    @classmethod
    def shown_below(cls, page: Page) -> PageQuerySet:
        """Live, public collections directly below a page, in the order of the tree."""
        pages = cls.objects.child_of(page).live().public()
        return pages.select_related("cover").order_by("path")

    @property
    def selection(self) -> Selection | None:
        """What the rule asks for; None without a rule."""
        return self.rule[0].value.selection if self.rule else None


class CollectionPick(Orderable):
    """One product that was put into a collection by hand."""

    page = ParentalKey(CollectionPage, on_delete=models.CASCADE, related_name="picks")
    product_page = models.ForeignKey(
        ProductPage, verbose_name=_("product"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("product_page")]

    class Meta(Orderable.Meta):
        verbose_name = _("product")
