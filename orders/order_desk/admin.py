from collections.abc import Callable, Sequence

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import InstanceSpecificView

from orders.models import Order
from orders.order_desk import cells
from orders.order_desk.bulk_ship_view import ShipManyView
from orders.order_desk.bulk_views import (
    ExportChosenView,
    InvoicesView,
    ManyOrdersView,
    PackingSlipsView,
)
from orders.order_desk.cancel_views import OrderCancelView
from orders.order_desk.filters import (
    AttentionFilter,
    OrderSearchHandler,
    PlacedFilter,
    StatusFilter,
)
from orders.order_desk.helpers import (
    OrderButtonHelper,
    OrderPermissionHelper,
    OrderURLHelper,
)
from orders.order_desk.list_view import OrderIndexView
from orders.order_desk.mail_views import ResendView
from orders.order_desk.packing_views import OrderPackingSlipView, OrderSettleView
from orders.order_desk.parcel_views import OrderShipView, ParcelDeliveredView
from orders.order_desk.refund_views import OrderRefundView, PaymentRefundView
from orders.order_desk.views import OrderCreditNoteView, OrderInspectView, OrderInvoiceView

STYLESHEET = "orders/order_desk.css"
SCRIPT = "orders/order_desk.js"
# What modeladmin has no page for, by the last word of the address.
OWN_VIEWS: dict[str, type[InstanceSpecificView]] = {
    "invoice": OrderInvoiceView,
    "credit_note": OrderCreditNoteView,
    "ship": OrderShipView,
    "delivered": ParcelDeliveredView,
    "resend": ResendView,
    "cancel": OrderCancelView,
    "refund": OrderRefundView,
    "refund_payment": PaymentRefundView,
    "packing_slip": OrderPackingSlipView,
    "settle": OrderSettleView,
}
# The same for many orders at once; helpers.MANY names them.
MANY_VIEWS: dict[str, type[ManyOrdersView]] = {
    "ship_orders": ShipManyView,
    "print_packing_slips": PackingSlipsView,
    "print_invoices": InvoicesView,
    "export_orders": ExportChosenView,
}
Answer = Callable[..., HttpResponseBase]


class OrderAdmin(ModelAdmin):
    model = Order
    menu_label = _("Orders")
    menu_icon = "shop-parcel"
    menu_order = 240
    permission_helper_class = OrderPermissionHelper
    url_helper_class = OrderURLHelper
    button_helper_class = OrderButtonHelper
    search_handler_class = OrderSearchHandler
    index_view_class = OrderIndexView
    index_view_extra_css = [STYLESHEET]
    index_view_extra_js = [SCRIPT]
    inspect_view_enabled = True
    inspect_view_class = OrderInspectView
    inspect_view_extra_css = [STYLESHEET]
    inspect_template_name = "orders/admin/order.html"
    history_view_enabled = False
    list_display = ("number", "placed", "customer", "state", "order_total", "payment")
    list_filter = (AttentionFilter, StatusFilter, PlacedFilter)
    list_per_page = 50
    search_fields = ("number", "name", "email")
    ordering = ("-created_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        return super().get_queryset(request).prefetch_related(*cells.NEEDED_FOR_A_ROW)

    def get_list_export(self, request: HttpRequest) -> Sequence[str]:
        """Only says whether the export buttons are shown; the columns stand in orders.exports."""
        return self.list_display if self.permission_helper.user_can_export(request.user) else ()

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        own = [self._url_of(action, self._of_one(view)) for action, view in OWN_VIEWS.items()]
        many = [self._url_of(action, self._of_many(view)) for action, view in MANY_VIEWS.items()]
        return (*super().get_admin_urls_for_registration(), *own, *many)

    def _of_one(self, view: type[InstanceSpecificView]) -> Answer:
        def answer(request: HttpRequest, instance_pk: str) -> HttpResponseBase:
            shown = view.as_view(model_admin=self, instance_pk=instance_pk)
            response: HttpResponseBase = shown(request)
            return response

        return answer

    def _of_many(self, view: type[ManyOrdersView]) -> Answer:
        answer: Answer = view.as_view(model_admin=self)
        return answer

    def _url_of(self, action: str, answer: Answer) -> URLPattern:
        pattern = self.url_helper.get_action_url_pattern(action)
        return re_path(pattern, answer, name=self.url_helper.get_action_url_name(action))

    @admin.display(ordering="created_at")
    def placed(self, order: Order) -> SafeString:
        return cells.moment(order.created_at)

    @admin.display(ordering="name")
    def customer(self, order: Order) -> SafeString:
        return cells.customer(order)

    @admin.display(description=_("status"), ordering="status")
    def state(self, order: Order) -> SafeString:
        return cells.status_tag(order)

    @admin.display(description=_("total"), ordering="total")
    def order_total(self, order: Order) -> str:
        return str(order.total_money)

    def payment(self, order: Order) -> SafeString:
        return cells.payment_links(order)
