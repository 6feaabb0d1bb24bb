"""The stock and its log in the "Products" menu. Records are made and deleted with their variants,
movements are written by the services that change stock: neither is added or deleted here."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import F, QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from products.admin.filters import MovementFilterSet, StockFilterSet
from products.admin.stock_columns import MOVEMENT_COLUMNS, STOCK_COLUMNS
from products.admin.stock_views import StockView
from products.models import StockMovement, StockRecord


class StockIndexView(generic.IndexView):
    page_title = _("Stock")

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
    icon = "shop-shelf"
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
        # The profile is asked for a picture of the person beside each name.
        return movements.select_related("record__variant__product", "user__wagtail_userprofile")

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


def _permissions_of(*codenames: str) -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="products", codename__in=codenames)
