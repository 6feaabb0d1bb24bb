"""Words and pictures of what is sold. Price, SKU and stock stay in their own records.

Nothing here reads price or stock: templates do, with the tags of product_tags, at the moment they
are rendered.
"""

from collections.abc import Sequence
from typing import Any, Self

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultipleChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from products.blocks import AfterPurchaseStreamBlock, StoryStreamBlock
from products.models.catalog import Product
from products.panels import CommercePanel
from products.previews import AFTER_PURCHASE, ShopPreviewMixin
from products.publishing import check_publishable, check_sellable
from products.sellable import sellable_facts
from shopsite.cms.blocks import SHORT_TEXT_FEATURES
from shopsite.cms.models import ShopImage
from shopsite.cms.pages import ContentPage


class ProductIndexPage(ContentPage):
    """All products of the shop."""

    intro = RichTextField(
        _("introduction"),
        features=SHORT_TEXT_FEATURES,
        blank=True,
        help_text=_("A sentence or two above the products."),
    )

    shows_products = True  # Of a block that chooses such a page nobody says that it sells nothing.
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["products.ProductPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("shop")


class ProductPage(ShopPreviewMixin, ContentPage):
    """The story of a product: what is published, scheduled, reverted and copied."""

    # Null only after its record was deleted; such a page shows the story and sells nothing.
    product = models.ForeignKey(
        Product,
        verbose_name=_("product"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="pages",
    )
    summary = models.TextField(
        _("summary"), max_length=400, blank=True, help_text=_("Two or three sentences.")
    )
    body = StreamField(
        StoryStreamBlock(),
        verbose_name=_("story"),
        blank=True,
        help_text=_("What makes one want it. Price and stock are shown without a block."),
    )
    after_purchase = StreamField(
        AfterPurchaseStreamBlock(),
        verbose_name=_("after you buy"),
        blank=True,
        help_text=_(
            "Care, assembly, recipes: for who has bought it, on the page of their order. It is not "
            "shown here; a reusable section can stand in both places."
        ),
    )

    share_type = "product"
    private_streams = ("after_purchase",)
    listed_sizes = ("product-card", "product-row", "cart-line")
    parent_page_types = ["products.ProductIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        CommercePanel(),
        FieldPanel("summary"),
        MultipleChooserPanel(
            "pictures",
            chooser_field_name="image",
            label=_("picture"),
            heading=_("Pictures"),
            help_text=_("The first one is shown in lists."),
        ),
        FieldPanel("body"),
        FieldPanel("after_purchase"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.SearchField("catalog_words"),
        index.FilterField("product_id"),
    ]

    class Meta:
        verbose_name = _("product page")
        verbose_name_plural = _("product pages")

    def check_publishable(self) -> None:
        """Raises ValidationError for a page that is not finished, or that has nothing to sell."""
        check_publishable(self, variants=sellable_facts(self.product_id))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The last line of defense: a page without a sellable record is not made live by saving it
        either. Raises ValidationError and writes nothing."""
        if self.live and self.pk:
            check_sellable(self, variants=sellable_facts(self.product_id))
        super().save(*args, **kwargs)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [*super().preview_modes, (AFTER_PURCHASE, _("After you buy"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        if mode_name == AFTER_PURCHASE:
            return "products/after_purchase_preview.html"
        template: str = super().get_preview_template(request, mode_name)
        return template

    @property
    def catalog_words(self) -> str:
        """What the catalog says of the product in words: type, tags, details, options, SKUs."""
        entry = getattr(self, "listing", None)
        return entry.words if entry else ""

    @property
    def main_picture(self) -> "ProductPagePicture | None":
        # all() and not first(): it uses what was prefetched, and works on an unsaved preview.
        return next(iter(self.pictures.all()), None)

    @property
    def lead_picture(self) -> ShopImage | None:
        picture = self.main_picture
        return picture.image if picture else super().lead_picture

    @property
    def shown_pictures(self) -> list[ShopImage]:
        return [*super().shown_pictures, *self._variant_pictures]

    @property
    def listed_pictures(self) -> list[ShopImage]:
        return [*super().listed_pictures, *self._variant_pictures]

    @property
    def _variant_pictures(self) -> list[ShopImage]:
        variants = self.product.variants.select_related("image") if self.product else []
        return [variant.image for variant in variants if variant.image]

    @classmethod
    def pictures_of(cls, pages: Sequence[Self]) -> dict[int, list[ShopImage]]:
        rows = ProductPagePicture.objects.filter(page__in=[page.pk for page in pages])
        pictures: dict[int, list[ShopImage]] = {}
        for row in rows.select_related("image"):
            pictures.setdefault(row.page_id, []).append(row.image)
        return pictures


class ProductPagePicture(Orderable):
    """One picture of the gallery, with what it shows."""

    page = ParentalKey(ProductPage, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey(
        "cms.ShopImage", verbose_name=_("picture"), on_delete=models.CASCADE, related_name="+"
    )
    alt_text = models.CharField(
        _("alternative text"),
        max_length=200,
        help_text=_("What the picture shows, for people who cannot see it."),
    )

    panels = [FieldPanel("image"), FieldPanel("alt_text")]

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
