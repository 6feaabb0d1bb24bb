"""The "Products" menu: what is sold, what it costs, how many there are."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import F, QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from products.admin.columns import (
    MOVEMENT_COLUMNS,
    PRODUCT_COLUMNS,
    STOCK_COLUMNS,
    VARIANT_COLUMNS,
    with_everything_listed,
)
from products.admin.filters import MovementFilterSet, StockFilterSet, VariantFilterSet
from products.admin.forms import ProductForm, VariantForm
from products.admin.new_product import NewProductView
from products.admin.permissions import can_create_product
from products.admin.stock_views import StockView
from products.admin.variant_views import VariantCreateView, VariantEditView, VariantIndexView
from products.models import Product, ProductVariant, StockMovement, StockRecord
from products.panels import VariantsPanel

SUBMENU_HOOK = "register_products_menu_item"


class ProductIndexView(generic.IndexView):
    add_item_label = _("New product")

    def get_base_queryset(self) -> QuerySet[Product]:
        return with_everything_listed(super().get_base_queryset())

    def get_add_url(self) -> str | None:
        return super().get_add_url() if can_create_product(self.request.user) else None


class ProductViewSet(ModelViewSet):
    model = Product
    url_prefix = "products"
    url_namespace = "products_admin"
    icon = "tag"
    menu_label = _("All products")
    index_view_class = ProductIndexView
    add_view_class = NewProductView
    copy_view_enabled = False
    list_display = PRODUCT_COLUMNS
    search_fields = ["name", "variants__sku"]
    panels = [
        FieldPanel("name"),
        VariantsPanel(),
        MultiFieldPanel(
            [FieldPanel(f"option{number}_name") for number in (1, 2, 3)],
            heading=_("What its variants differ in"),
            help_text=_("Leave all three empty for a product that comes in one kind only."),
        ),
    ]

    def get_edit_handler(self) -> Any:
        handler = super().get_edit_handler()
        handler.base_form_class = ProductForm
        return handler

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The short form brings its own template and fields."""
        return kwargs


class VariantViewSet(ModelViewSet):
    model = ProductVariant
    url_prefix = "variants"
    url_namespace = "variants_admin"
    icon = "list-ul"
    menu_label = _("Variants and prices")
    index_view_class = VariantIndexView
    add_view_class = VariantCreateView
    edit_view_class = VariantEditView
    copy_view_enabled = False
    list_display = VARIANT_COLUMNS
    filterset_class = VariantFilterSet
    search_fields = ["sku", "product__name", "gtin", "option1", "option2", "option3"]
    ordering = ["product__name", "sort_order", "pk"]
    panels = [
        FieldPanel("sku"),
        FieldRowPanel([FieldPanel(f"option{number}") for number in (1, 2, 3)]),
        FieldRowPanel([FieldPanel("price"), FieldPanel("on_hand")]),
        FieldPanel("is_active"),
        FieldPanel("image"),
        FieldRowPanel([FieldPanel("weight_grams"), FieldPanel("gtin")]),
        FieldPanel("sort_order"),
    ]

    def get_edit_handler(self) -> Any:
        handler = super().get_edit_handler()
        handler.base_form_class = VariantForm
        return handler


class StockIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[StockRecord]:
        records = super().get_base_queryset().select_related("variant__product")
        return records.annotate(free=F("on_hand") - F("allocated"))

    def get_delete_url(self, instance: StockRecord) -> None:
        """A record lives and dies with its variant."""

    def get_add_url(self) -> None:
        """A record is made with its variant."""


class StockViewSet(ModelViewSet):
    model = StockRecord
    url_prefix = "stock"
    url_namespace = "stock_admin"
    icon = "clipboard-list"
    menu_label = _("Stock")
    index_view_class = StockIndexView
    edit_view_class = StockView
    copy_view_enabled = False
    list_display = STOCK_COLUMNS
    filterset_class = StockFilterSet
    search_fields = ["variant__sku", "variant__product__name"]
    ordering = ["variant__product__name", "variant__sort_order", "pk"]
    form_fields: list[str] = []

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The page of a record has two forms of its own."""
        return kwargs

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
        ]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return _permissions_of("change_stockrecord", "view_stockrecord")


class MovementIndexView(generic.IndexView):
    page_title = _("Stock log")

    def get_base_queryset(self) -> QuerySet[StockMovement]:
        movements = super().get_base_queryset()
        return movements.select_related("record__variant__product", "user")

    def get_add_url(self) -> None:
        """Movements are written by the services that change stock."""


class MovementViewSet(ModelViewSet):
    model = StockMovement
    url_prefix = "stock-log"
    url_namespace = "stock_movements_admin"
    icon = "history"
    menu_label = _("Stock log")
    index_view_class = MovementIndexView
    list_display = MOVEMENT_COLUMNS
    filterset_class = MovementFilterSet
    search_fields = ["record__variant__sku", "record__variant__product__name", "reference", "note"]
    ordering = ["-created_at", "-pk"]
    list_per_page = 50
    form_fields: list[str] = []

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return _permissions_of("view_stockmovement")

    def register_admin_url_finder(self) -> None:
        """A movement has no page of its own to find."""


class ProductsViewSetGroup(ModelViewSetGroup):
    menu_label = _("Products")
    menu_icon = "tag"
    menu_order = 110
    submenu_hook = SUBMENU_HOOK
    items = (ProductViewSet, VariantViewSet, StockViewSet, MovementViewSet)


def _permissions_of(*codenames: str) -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="products", codename__in=codenames)
