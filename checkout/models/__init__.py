from checkout.models.shipping import ShippingMethod
from checkout.models.webhook import WebhookEvent

__all__ = ["ShippingMethod", "WebhookEvent"]
