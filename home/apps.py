from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.signals import task_approved


class HomeConfig(AppConfig):
    """Layer 5: the editorial site around the shop."""

    name = "home"
    verbose_name = _("Site")

    def ready(self) -> None:
        # By name: models cannot be imported before the apps are ready.
        task_approved.connect(import_string("home.approvals.approve_next_step"))
