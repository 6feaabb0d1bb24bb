from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    """Layer 3: what was agreed. Orders, payments, invoices, outgoing mail, the order desk."""

    name = "orders"
    verbose_name = _("Orders")
