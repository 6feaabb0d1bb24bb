"""System checks of the settings; production starts with `manage.py check --deploy`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error


def check_production_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What Django's own deploy checks cannot know: Stripe's keys and the addresses in mails."""
    messages: list[CheckMessage] = []
    if not settings.STRIPE_WEBHOOK_SECRETS:
        messages.append(
            Error(
                "STRIPE_WEBHOOK_SECRETS is empty: no payment could ever be confirmed.",
                hint="Copy the signing secret of the webhook endpoint from Stripe's dashboard.",
                id="shopsite.E001",
            )
        )
    if not settings.STRIPE_SECRET_KEY:
        messages.append(Error("STRIPE_SECRET_KEY is empty.", id="shopsite.E002"))
    if settings.STRIPE_SECRET_KEY.startswith(("sk_live_", "rk_live_")) and settings.STRIPE_API_BASE:
        messages.append(
            Error(
                "STRIPE_API_BASE must not be set together with a live key.",
                hint="The key would be sent to the stand-in.",
                id="shopsite.E003",
            )
        )
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        messages.append(
            Error(
                "EMAIL_URL is not set: mails would be kept in a folder and reach nobody.",
                hint="Such as smtp+tls://user:password@mail.example.org:587.",
                id="shopsite.E004",
            )
        )
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
