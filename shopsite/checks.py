"""System checks of the settings, for `manage.py check --deploy`. What production does not even
start with stands in shopsite/settings/refusals.py."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error


def check_production_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What Django's own deploy checks cannot know: folders and the addresses in mails."""
    messages: list[CheckMessage] = []
    if _is_below(settings.PRIVATE_ROOT, settings.MEDIA_ROOT):
        messages.append(
            Error(
                "PRIVATE_ROOT lies below MEDIA_ROOT: invoices could be reached by an address.",
                hint="Choose a folder beside it.",
                id="shopsite.E005",
            )
        )
    if not settings.SITE_URL.startswith("https://"):
        messages.append(
            checks.Warning(
                "SITE_URL is not an https:// address; Stripe and secure cookies need one.",
                id="shopsite.W001",
            )
        )
    if "example.com" in settings.DEFAULT_FROM_EMAIL:
        messages.append(
            checks.Warning("DEFAULT_FROM_EMAIL is still the example address.", id="shopsite.W002")
        )
    return messages


def _is_below(folder: str | Path, other: str | Path) -> bool:
    return Path(folder).resolve().is_relative_to(Path(other).resolve())
