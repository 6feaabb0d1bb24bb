from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from shopsite.second_factor.checks import check_rule


class SecondFactorConfig(AppConfig):
    """A code from an app at the log-in of the staff. Its records are those of django-otp."""

    name = "shopsite.second_factor"
    label = "second_factor"
    verbose_name = _("Second factor")

    def ready(self) -> None:
        register(check_rule, Tags.security)
