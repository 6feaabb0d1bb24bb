from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProductsConfig(AppConfig):
    """Layer 2: what is sold. Commercial facts are plain records, words and pictures are pages."""

    name = "products"
    verbose_name = _("Products")
