from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from orders.carriers import CarrierViewSet
from orders.concerns import CONCERNS
from orders.invoice_preview import INVOICE_PREVIEW
from orders.mail_admin.viewset import MailTextViewSet
from orders.order_desk.admin import OrderAdmin
from products.concerns import HOOK, Concern
from shopsite.cms.brand_previews import HOOK as BRAND_PREVIEW_HOOK

hooks.register(BRAND_PREVIEW_HOOK, lambda: INVOICE_PREVIEW)

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
