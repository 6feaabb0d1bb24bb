from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Layer 5: the editorial site around the shop."""

    name = "home"
    verbose_name = _("Site")
