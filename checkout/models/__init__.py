from checkout.models.shipping import ShippingMethod
from checkout.models.webhook import DONE, OPEN, WebhookEvent

__all__ = ["DONE", "OPEN", "ShippingMethod", "WebhookEvent"]
