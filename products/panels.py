"""The parts of the editors that show commercial facts, with links to change them.

They have no form fields: what they show can neither be saved with a page nor be rolled back by it.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList, Panel

from products.admin.links import (
    add_variant_url,
    edit_page_url,
    edit_variant_url,
    make_page_url,
    make_variants_url,
    product_url,
    stock_url,
)
from products.gap_places import PICTURES, gap_place
from products.readiness import Gap, PageFacts, VariantFacts, gaps_before_sale
from shopsite.lib.money import Money

PICTURES_OF_THE_PAGE = "#panel-child-content-pictures-heading"


@dataclass(frozen=True)
class VariantRow:
    """One line of the table. A link is empty for a person who may not follow it."""

    sku: str
    label: str
    price: Money
    reduced_from: Money | None
    on_hand: int
    allocated: int
    available: int
    is_active: bool
    edit_url: str
    stock_url: str


@dataclass(frozen=True)
class GapRow:
    text: str
    url: str


class VariantsPanel(Panel):
    """The variants of a product: price, stock, and where to change them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Price and stock"))
        kwargs.setdefault("icon", "tag")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "products/admin/variants_panel.html"

        @property
        def product(self) -> Any:
            return self.instance

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            user = self.request.user
            context["rows"] = [variant_row(variant, user) for variant in self.variants]
            context["add_variant_url"] = add_variant_url(self.product, user)
            context["make_variants_url"] = make_variants_url(self.product, user)
            return context

        @cached_property
        def variants(self) -> list[Any]:
            if self.product is None or not self.product.pk:
                return []
            return list(self.product.variants.select_related("stock", "product"))


class CommercePanel(VariantsPanel):
    """The same on the page of a product, with what is missing before it can be sold."""

    class BoundPanel(VariantsPanel.BoundPanel):
        template_name = "products/admin/commerce_panel.html"

        @property
        def product(self) -> Any:
            return self.instance.product

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            context["gaps"] = self._gap_rows()
            context["product_url"] = product_url(self.product, self.request.user)
            context["can_change"] = self.request.user.has_perm("products.change_productvariant")
            return context

        def _gap_rows(self) -> list[GapRow]:
            facts = [variant_facts(variant) for variant in self.variants]
            gaps = gaps_before_sale(page_facts(self.instance), facts)
            return [GapRow(gap.text, self._url_of(gap)) for gap in gaps]

        def _url_of(self, gap: Gap) -> str:
            path, url = gap_place(
                gap, product=self.product, variants=self.variants, user=self.request.user
            )
            return PICTURES_OF_THE_PAGE if path == PICTURES else url


class ProductPagesPanel(Panel):
    """The pages that tell a product's story, or the way to make one."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Page"))
        kwargs.setdefault("icon", "doc-empty")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "products/admin/pages_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            user = self.request.user
            pages = self.instance.pages.order_by("pk")
            context["pages"] = [(page, edit_page_url(page, user)) for page in pages]
            context["make_page_url"] = make_page_url(self.instance, user)
            return context


class ProductPanels(ObjectList):
    """The product's form. Wagtail writes every field that no panel claims at its end, where an
    answer's old value would stand a second time and win over what was entered."""

    class BoundPanel(ObjectList.BoundPanel):
        def render_missing_fields(self) -> str:
            claimed = [*self.panel.get_form_options()["fields"], *self.form.answer_field_names]
            missing = [name for name in self.form.fields if name not in claimed]
            return format_html_join("", "{}", ((self.form[name],) for name in missing))


class AnswersPanel(Panel):
    """The details that the product's type asks for: fields that its form adds by itself."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Details"))
        kwargs.setdefault("icon", "clipboard-list")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "products/admin/answers_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            names = self.form.answer_field_names if self.form else []
            context["fields"] = [self.form[name] for name in names]
            context["product_type"] = self.instance.product_type if self.instance else None
            return context


def page_facts(page: Any) -> PageFacts:
    """The state of the page itself; its pictures are those of the draft being edited."""
    pictures = list(page.pictures.all())
    return PageFacts(
        has_product=page.product is not None,
        is_live=page.live,
        is_public=not page.get_view_restrictions().exists() if page.pk else True,
        picture_count=len(pictures),
        pictures_without_alt=sum(not picture.alt_text.strip() for picture in pictures),
    )


def variant_facts(variant: Any) -> VariantFacts:
    values = (variant.option1, variant.option2, variant.option3)
    named = zip(variant.product.option_names, values, strict=False)
    return VariantFacts(
        sku=variant.sku,
        is_active=variant.is_active,
        available=variant.stock.available if hasattr(variant, "stock") else 0,
        missing_option=next((name for name, value in named if not value), ""),
    )


def variant_row(variant: Any, user: User) -> VariantRow:
    stock = getattr(variant, "stock", None)
    return VariantRow(
        sku=variant.sku,
        label=variant.options_label,
        price=variant.price_money,
        reduced_from=Money(variant.reference_price, variant.price_money.currency)
        if variant.reference_price is not None
        else None,
        on_hand=stock.on_hand if stock else 0,
        allocated=stock.allocated if stock else 0,
        available=stock.available if stock else 0,
        is_active=variant.is_active,
        edit_url=edit_variant_url(variant, user),
        stock_url=stock_url(variant, user),
    )
