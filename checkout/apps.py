from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CheckoutConfig(AppConfig):
    """Layer 4: from the cart to the payment."""

    name = "checkout"
    verbose_name = _("Checkout")
