"""What the brand's preview shows beside the front page; each layer adds what it prints or sends."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from wagtail import hooks

HOOK = "register_brand_preview"


@dataclass(frozen=True)
class BrandPreview:
    """`render` returns the HTML of unsaved BrandSettings. It may keep pictures, and no more."""

    mode: str
    label: str | Promise
    render: Callable[[Any], str]


def brand_previews() -> list[BrandPreview]:
    return [register() for register in hooks.get_hooks(HOOK)]
