from wagtail import hooks

from checkout.shipping_admin import ShippingMethodViewSet


@hooks.register("register_admin_viewset")
def shipping_methods() -> ShippingMethodViewSet:
    return ShippingMethodViewSet("shippingmethod")
