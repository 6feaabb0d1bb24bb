from wagtail import hooks

from orders.concerns import CONCERNS
from orders.order_desk.admin import OrderAdmin
from products.concerns import HOOK, Concern

OrderAdmin().register_with_wagtail()


@hooks.register(HOOK)
def concerns_of_orders() -> list[Concern]:
    return CONCERNS
