from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProductsConfig(AppConfig):
    """Layer 2: what is sold. Commercial facts are plain records, words and pictures are pages."""

    name = "products"
    verbose_name = _("Products")

    def ready(self) -> None:
        # By name: models cannot be imported before the apps are ready.
        import_module("products.page_events").follow_pages()
