from collections.abc import Sequence

from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser, Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import AdminURLHelper, ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import InstanceSpecificView

from orders.models import Order
from orders.order_desk import cells
from orders.order_desk.cancel_views import OrderCancelView
from orders.order_desk.filters import OrderSearchHandler, PlacedFilter, StatusFilter
from orders.order_desk.mail_views import ResendView
from orders.order_desk.parcel_views import OrderShipView, ParcelDeliveredView
from orders.order_desk.refund_views import OrderRefundView, PaymentRefundView
from orders.order_desk.views import (
    OrderCreditNoteView,
    OrderIndexView,
    OrderInspectView,
    OrderInvoiceView,
)
from orders.status import PAYABLE

STYLESHEET = "orders/order_desk.css"
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
}


class OrderPermissionHelper(PermissionHelper):
    """Looking, exporting and each action are permissions; the rest is denied to everybody,
    superusers too."""

    def get_all_model_permissions(self) -> QuerySet[Permission]:
        """What the form of a group offers."""
        offered = ("view_order", "export_order", "ship_order", "cancel_order", "refund_order")
        return super().get_all_model_permissions().filter(codename__in=offered)

    def user_can_list(self, user: AbstractBaseUser) -> bool:
        return self.user_has_specific_permission(user, "view_order")

    def user_can_inspect_obj(self, user: AbstractBaseUser, obj: Order) -> bool:
        return self.user_can_list(user)

    def user_can_export(self, user: AbstractBaseUser) -> bool:
        return self.user_can_list(user) and self.user_has_specific_permission(user, "export_order")

    def user_can_ship(self, user: AbstractBaseUser) -> bool:
        return self.user_can_list(user) and self.user_has_specific_permission(user, "ship_order")

    def user_can_refund(self, user: AbstractBaseUser) -> bool:
        return self.user_can_list(user) and self.user_has_specific_permission(user, "refund_order")

    def user_can_cancel(self, user: AbstractBaseUser, obj: Order) -> bool:
        """Money that goes back needs the right to send it."""
        may = self.user_can_list(user) and self.user_has_specific_permission(user, "cancel_order")
        return may and (obj.status in PAYABLE or self.user_can_refund(user))

    def user_can_resend(self, user: AbstractBaseUser) -> bool:
        return self.user_can_list(user) and self.user_has_specific_permission(user, "resend_email")

    def user_can_create(self, user: AbstractBaseUser) -> bool:
        return False

    def user_can_edit_obj(self, user: AbstractBaseUser, obj: Order) -> bool:
        return False

    def user_can_delete_obj(self, user: AbstractBaseUser, obj: Order) -> bool:
        return False


class OrderURLHelper(AdminURLHelper):
    def get_action_url_pattern(self, action: str) -> str:
        # modeladmin takes any word for a primary key, and the database stumbles over it.
        pattern = super().get_action_url_pattern(action)
        return pattern.replace(r"[-\w]+", "[0-9]{1,18}")


class OrderButtonHelper(ButtonHelper):
    """No buttons: the number of an order is the link to it."""

    def get_buttons_for_obj(self, obj: Order, *args: object, **kwargs: object) -> list[dict]:
        return []


class OrderAdmin(ModelAdmin):
    model = Order
    menu_label = _("Orders")
    menu_icon = "shop-parcel"
    menu_order = 250
    permission_helper_class = OrderPermissionHelper
    url_helper_class = OrderURLHelper
    button_helper_class = OrderButtonHelper
    search_handler_class = OrderSearchHandler
    index_view_class = OrderIndexView
    index_view_extra_css = [STYLESHEET]
    inspect_view_enabled = True
    inspect_view_class = OrderInspectView
    inspect_view_extra_css = [STYLESHEET]
    inspect_template_name = "orders/admin/order.html"
    history_view_enabled = False
    list_display = ("number", "placed", "customer", "state", "order_total", "payment")
    list_filter = (StatusFilter, PlacedFilter)
    list_per_page = 50
    search_fields = ("number", "name", "email")
    ordering = ("-created_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        return super().get_queryset(request).prefetch_related("payments")

    def get_list_export(self, request: HttpRequest) -> Sequence[str]:
        """Only says whether the export buttons are shown; the columns stand in orders.exports."""
        return self.list_display if self.permission_helper.user_can_export(request.user) else ()

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        own = [self._url_of(action, view) for action, view in OWN_VIEWS.items()]
        return (*super().get_admin_urls_for_registration(), *own)

    def _url_of(self, action: str, view: type[InstanceSpecificView]) -> URLPattern:
        def answer(request: HttpRequest, instance_pk: str) -> HttpResponseBase:
            response: HttpResponseBase = view.as_view(model_admin=self, instance_pk=instance_pk)(
                request
            )
            return response

        return re_path(
            self.url_helper.get_action_url_pattern(action),
            answer,
            name=self.url_helper.get_action_url_name(action),
        )

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
