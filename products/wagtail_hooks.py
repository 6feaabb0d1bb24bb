from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from products.admin.bulk_publishing import unfinished_products
from products.admin.collection_listing import CollectionPageViewSet
from products.admin.dead_content_report import DeadContentReport
from products.admin.explorer import ProductPageViewSet
from products.admin.permissions import can_create_product
from products.admin.product_chooser import ProductChooserViewSet, product_chooser
from products.admin.sections import SectionViewSet
from products.admin.selling_access import can_see_what_sells
from products.admin.stock_value_report import StockValueReport
from products.admin.swap_links import SWAP
from products.admin.swap_views import SwapView
from products.admin.viewsets import SUBMENU_HOOK, ProductsViewSetGroup
from products.admin.where_sold_panels import where_sold_side_panel
from products.blocks import look_editor  # noqa: F401  (makes its editor known to the admin)
from products.models import ProductIndexPage, ProductPage
from products.page_readiness import check_product, check_product_blocks
from products.swapping import SWAPPED
from shopsite.cms.reports.registering import ReportMenuItem, report_urls

hooks.register("register_page_checks", lambda: [check_product, check_product_blocks])
hooks.register("register_page_side_panel", where_sold_side_panel)

register_snippet(SectionViewSet)


@hooks.register("register_admin_viewset")
def products_viewsets() -> ProductsViewSetGroup:
    return ProductsViewSetGroup()


@hooks.register("register_admin_viewset")
def product_explorer() -> ProductPageViewSet:
    return ProductPageViewSet()


@hooks.register("register_admin_viewset")
def collection_explorer() -> CollectionPageViewSet:
    return CollectionPageViewSet()


@hooks.register("register_admin_viewset")
def product_chooser_viewset() -> ProductChooserViewSet:
    return product_chooser


class NewProductMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_create_product(request.user)


@hooks.register(SUBMENU_HOOK)
def new_product_menu_item() -> NewProductMenuItem:
    return NewProductMenuItem(
        gettext_lazy("New product"), reverse("products_admin:add"), icon_name="plus", order=0
    )


@hooks.register("register_page_header_buttons")
def new_product_button(
    page: Page, user: User, next_url: str | None = None, view_name: str = ""
) -> list[Button]:
    if not isinstance(page.specific_deferred, ProductIndexPage) or not can_create_product(user):
        return []
    button = Button(
        _("New product"), url=reverse("products_admin:add"), icon_name="plus", priority=1
    )
    return [button]


@hooks.register("before_create_page")
def start_products_with_the_short_form(
    request: HttpRequest, parent_page: Page, page_class: type[Page]
) -> HttpResponse | None:
    """A page without its record would be a story that sells nothing."""
    if page_class is not ProductPage:
        return None
    if can_create_product(request.user):
        return redirect("products_admin:add")
    messages.error(request, _("To start a product you also need the permission to add products."))
    return redirect("wagtailadmin_explore", parent_page.pk)


@hooks.register("register_admin_urls")
def selling_urls() -> list[URLPattern]:
    report = "reports/sells-nothing/"
    return [
        path(report, DeadContentReport.as_view(), name="sells_nothing_report"),
        path(
            f"{report}results/",
            DeadContentReport.as_view(results_only=True),
            name="sells_nothing_report_results",
        ),
        path("swap/<str:app_label>/<str:model_name>/<str:pk>/", SwapView.as_view(), name=SWAP),
    ]


class DeadContentMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_what_sells(request.user)


@hooks.register("register_reports_menu_item")
def dead_content_menu_item() -> DeadContentMenuItem:
    return DeadContentMenuItem(
        gettext_lazy("Content that sells nothing"),
        reverse("sells_nothing_report"),
        name="sells-nothing",
        icon_name="warning",
        order=1300,
    )


@hooks.register("register_admin_urls")
def stock_value_urls() -> list[URLPattern]:
    return report_urls("stock-value", StockValueReport)


@hooks.register("register_reports_menu_item")
def stock_value_menu_item() -> ReportMenuItem:
    return ReportMenuItem(StockValueReport, order=110)


@hooks.register("register_log_actions")
def register_swap(actions: LogActionRegistry) -> None:
    @actions.register_action(SWAPPED)
    class SwappedFormatter(LogFormatter):
        label = gettext_lazy("Swap a product")

        def format_message(self, entry: Any) -> str:
            return _("“%(new)s” was put in the place of “%(old)s”.") % {
                "new": entry.data.get("new", ""),
                "old": entry.data.get("old", ""),
            }


@hooks.register("before_bulk_action")
def hold_back_unfinished_products(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Tells before anything is published which of the chosen pages are not finished."""
    if action_type != "publish" or action.model is not Page:
        return None
    include_descendants = action.cleaned_form.cleaned_data.get("include_descendants", False)
    texts = unfinished_products(objects, include_descendants=include_descendants)
    if not texts:
        return None
    messages.error(request, " ".join([_("Nothing was published."), *texts]))
    return redirect(action.next_url)
