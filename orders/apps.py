from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from orders.search_index import prepare_search


class OrdersConfig(AppConfig):
    """Layer 3: what was agreed. Orders, payments, invoices, outgoing mail, the order desk."""

    name = "orders"
    verbose_name = _("Orders")

    def ready(self) -> None:
        post_migrate.connect(prepare_search, sender=self)
