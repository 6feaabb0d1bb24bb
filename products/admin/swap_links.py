"""The way to the form that takes one product for another in a page or snippet."""

from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import Page

from shopsite.cms.content_permissions import can_edit

SWAP = "product_swap"


def swap_url(content: Any, old_id: int, user: User, *, next_url: str = "") -> str:
    """Empty for a person who may not change the content, and for what has no versions."""
    if not hasattr(content, "latest_revision_id") or not can_edit(content, user):
        return ""
    model = content.specific_class if isinstance(content, Page) else type(content)
    args = [model._meta.app_label, model._meta.model_name, content.pk]
    query: dict[str, str | int] = {"product": old_id}
    if next_url:
        query["next"] = next_url
    return f"{reverse(SWAP, args=args)}?{urlencode(query)}"
