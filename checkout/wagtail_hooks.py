from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from checkout.attention import WEBHOOK_FAILED, notice_of_card_testing, notice_of_failed_events
from checkout.event_admin.viewset import WebhookEventViewSet
from checkout.inbox_retries import REPLAYED
from checkout.personal_data import STRIPE_EVENTS
from checkout.reconciliation.apply_view import ApplyView
from checkout.reconciliation.applying import APPLIED
from checkout.reconciliation.report import ReconciliationReport
from checkout.shipping_admin import ShippingMethodViewSet
from orders.attention import HOOK as CONCERNS_HOOK
from orders.order_desk.attention_panel import NOTICES_HOOK
from shopsite.cms.personal_data import HOOK as PERSONAL_DATA_HOOK
from shopsite.cms.reports.registering import ReportMenuItem, report_urls

hooks.register(CONCERNS_HOOK, lambda: WEBHOOK_FAILED)
hooks.register(PERSONAL_DATA_HOOK, lambda: STRIPE_EVENTS)
hooks.register(NOTICES_HOOK, notice_of_failed_events)
hooks.register(NOTICES_HOOK, notice_of_card_testing)


@hooks.register("register_admin_viewset")
def shipping_methods() -> ShippingMethodViewSet:
    return ShippingMethodViewSet("shippingmethod")


@hooks.register("register_admin_viewset")
def stripe_events() -> WebhookEventViewSet:
    return WebhookEventViewSet()


@hooks.register("register_log_actions")
def actions_in_the_log(actions: LogActionRegistry) -> None:
    actions.register_action(REPLAYED, _("Replay Stripe event"), _("Stripe event replayed"))
    actions.register_action(APPLIED, _("Apply what Stripe knows"), _("Applied what Stripe knew"))


@hooks.register("register_admin_urls")
def reconciliation_urls() -> list[URLPattern]:
    apply = path(
        "reports/stripe-comparison/apply/", ApplyView.as_view(), name="reconciliation_apply"
    )
    return [apply, *report_urls("stripe-comparison", ReconciliationReport)]


@hooks.register("register_reports_menu_item")
def reconciliation_in_menu() -> ReportMenuItem:
    return ReportMenuItem(ReconciliationReport, order=110)
