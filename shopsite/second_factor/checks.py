from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

RULES = ("optional", "required")


def check_rule(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A misspelled rule would quietly be none."""
    if settings.STAFF_SECOND_FACTOR in RULES:
        return []
    return [
        Error(
            f"STAFF_SECOND_FACTOR is {settings.STAFF_SECOND_FACTOR!r}.",
            hint="It is optional or required.",
            id="second_factor.E001",
        )
    ]
