from django.apps import AppConfig
from django.core.checks import Tags, register

from shopsite.checks import check_production_settings


class ShopsiteConfig(AppConfig):
    """The project itself as an app: its system checks and the tasks of no single app."""

    name = "shopsite"
    verbose_name = "Shop site"

    def ready(self) -> None:
        register(check_production_settings, Tags.security, deploy=True)
