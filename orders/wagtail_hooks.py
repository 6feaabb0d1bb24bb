from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from orders.carriers import CarrierViewSet
from orders.concerns import CONCERNS
from orders.invoice_preview import INVOICE_PREVIEW
from orders.mail_admin.viewset import MailTextViewSet
from orders.order_desk.admin import OrderAdmin
from orders.personal_data import ORDERS
from orders.reports.block_views import block_sales_urls
from orders.reports.page_panel import page_sales_side_panel
from orders.reports.page_views import PageSalesReport
from orders.reports.paper_views import paper_urls
from orders.reports.views import REPORTS
from products.concerns import HOOK, Concern
from shopsite.cms.brand_previews import HOOK as BRAND_PREVIEW_HOOK
from shopsite.cms.personal_data import HOOK as PERSONAL_DATA_HOOK
from shopsite.cms.reports.registering import ReportMenuItem, report_urls

hooks.register(BRAND_PREVIEW_HOOK, lambda: INVOICE_PREVIEW)
hooks.register(PERSONAL_DATA_HOOK, lambda: ORDERS)
hooks.register("register_page_side_panel", page_sales_side_panel)

OrderAdmin().register_with_wagtail()


@hooks.register("register_admin_viewset")
def carriers() -> CarrierViewSet:
    return CarrierViewSet("carrier")


register_snippet(MailTextViewSet)


@hooks.register("register_permissions")
def sending_mails_again() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="orders", codename="resend_email")


@hooks.register(HOOK)
def concerns_of_orders() -> list[Concern]:
    return CONCERNS


ALL_REPORTS = (*REPORTS, ("sold-by-stories", PageSalesReport))


@hooks.register("register_admin_urls")
def sales_reports_urls() -> list[URLPattern]:
    reports = [url for address, view in ALL_REPORTS for url in report_urls(address, view)]
    return [*reports, *block_sales_urls(), *paper_urls()]


def add_reports_to_menu() -> None:
    for order, (_address, view) in enumerate(ALL_REPORTS, start=100):
        item = ReportMenuItem(view, order=order)
        hooks.register("register_reports_menu_item", lambda item=item: item)


add_reports_to_menu()
