from wagtail import hooks

from orders.carriers import CarrierViewSet
from orders.concerns import CONCERNS
from orders.invoice_preview import INVOICE_PREVIEW
from orders.order_desk.admin import OrderAdmin
from products.concerns import HOOK, Concern
from shopsite.cms.brand_previews import HOOK as BRAND_PREVIEW_HOOK

hooks.register(BRAND_PREVIEW_HOOK, lambda: INVOICE_PREVIEW)

OrderAdmin().register_with_wagtail()


@hooks.register("register_admin_viewset")
def carriers() -> CarrierViewSet:
    return CarrierViewSet("carrier")


@hooks.register(HOOK)
def concerns_of_orders() -> list[Concern]:
    return CONCERNS
