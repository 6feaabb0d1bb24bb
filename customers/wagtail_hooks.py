from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from customers.data_desk.view import PERMISSION, CustomerDataView
from customers.personal_data import ACCOUNT, ASKED_MAILS
from shopsite.cms.personal_data import HOOK as PERSONAL_DATA_HOOK

hooks.register(PERSONAL_DATA_HOOK, lambda: ACCOUNT)
hooks.register(PERSONAL_DATA_HOOK, lambda: ASKED_MAILS)


class CustomerDataMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


@hooks.register("register_admin_urls")
def customer_data_urls() -> list[URLPattern]:
    return [path("customer-data/", CustomerDataView.as_view(), name="customer_data")]


@hooks.register("register_admin_menu_item")
def customer_data_in_menu() -> MenuItem:
    return CustomerDataMenuItem(
        _("Customer data"),
        reverse_lazy("customer_data"),
        name="customer-data",
        icon_name="user",
        order=242,  # After the orders.
    )


@hooks.register("register_permissions")
def handling_customer_data() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="customers", codename="handle_customer_data"
    )
