"""The "Products" menu: what is sold, what it costs, how many there are."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from products.admin.attribute_viewsets import AttributeViewSet, ProductTypeViewSet
from products.admin.columns import PRODUCT_COLUMNS, VARIANT_COLUMNS
from products.admin.delete_views import ProductDeleteView, VariantDeleteView
from products.admin.filters import VariantFilterSet
from products.admin.forms import VariantForm
from products.admin.import_jobs import ImportJobViewSet
from products.admin.make_variants import MakeVariantsView
from products.admin.new_product import NewProductView, PageForProductView
from products.admin.product_form import ProductForm
from products.admin.product_views import ProductEditView, ProductIndexView
from products.admin.stock_viewsets import MovementViewSet, StockViewSet
from products.admin.tax_viewset import TaxRateViewSet
from products.admin.variant_views import VariantCreateView, VariantEditView, VariantIndexView
from products.admin.where_sold_panels import WhereSoldPanel
from products.models import Product, ProductVariant
from products.panels import AnswersPanel, ProductPagesPanel, ProductPanels, VariantsPanel

SUBMENU_HOOK = "register_products_menu_item"


class ProductViewSet(ModelViewSet):
    model = Product
    url_prefix = "products"
    url_namespace = "products_admin"
    icon = "tag"
    menu_label = _("All products")
    index_view_class = ProductIndexView
    add_view_class = NewProductView
    edit_view_class = ProductEditView
    delete_view_class = ProductDeleteView
    copy_view_enabled = False
    list_display = PRODUCT_COLUMNS
    search_fields = ["name", "variants__sku"]
    edit_handler = ProductPanels(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("product_type"), FieldPanel("tags")]),
            FieldPanel("tax_class"),
            AnswersPanel(),
            VariantsPanel(),
            ProductPagesPanel(),
            WhereSoldPanel(),
            MultiFieldPanel(
                [FieldPanel(f"option{number}_name") for number in (1, 2, 3)],
                heading=_("What its variants differ in"),
                help_text=_("Leave all three empty for a product that comes in one kind only."),
            ),
        ],
        base_form_class=ProductForm,
    )

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The short form brings its own template and fields."""
        return kwargs

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/page/", PageForProductView.as_view(), name="make_page"),
            path("<int:pk>/variants/", MakeVariantsView.as_view(), name="make_variants"),
        ]


class VariantViewSet(ModelViewSet):
    model = ProductVariant
    url_prefix = "variants"
    url_namespace = "variants_admin"
    icon = "shop-variants"
    menu_label = _("Variants and prices")
    index_view_class = VariantIndexView
    add_view_class = VariantCreateView
    edit_view_class = VariantEditView
    delete_view_class = VariantDeleteView
    copy_view_enabled = False
    list_display = VARIANT_COLUMNS
    filterset_class = VariantFilterSet
    search_fields = ["sku", "product__name", "gtin", "option1", "option2", "option3"]
    ordering = ["product__name", "sort_order", "pk"]
    panels = [
        FieldPanel("sku"),
        FieldRowPanel([FieldPanel(f"option{number}") for number in (1, 2, 3)]),
        FieldRowPanel([FieldPanel("price"), FieldPanel("on_hand")]),
        FieldPanel("announce_reduction"),
        FieldPanel("is_active"),
        FieldPanel("image"),
        FieldRowPanel([FieldPanel("weight_grams"), FieldPanel("gtin")]),
        FieldPanel("sort_order"),
    ]

    def get_edit_handler(self) -> Any:
        handler = super().get_edit_handler()
        handler.base_form_class = VariantForm
        return handler


class ProductsViewSetGroup(ModelViewSetGroup):
    menu_label = _("Products")
    menu_icon = "tag"
    menu_order = 110
    submenu_hook = SUBMENU_HOOK
    items = (
        ProductViewSet,
        VariantViewSet,
        StockViewSet,
        MovementViewSet,
        ProductTypeViewSet,
        AttributeViewSet,
        TaxRateViewSet,
        ImportJobViewSet,
    )
