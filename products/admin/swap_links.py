"""The way to the form that takes one product for another in a page or snippet."""

from django.contrib.auth.models import User
from django.db import models
from django.urls import reverse
from django.utils.http import urlencode

from shopsite.cms.content_permissions import can_edit

SWAP = "product_swap"


def swap_url(content: models.Model, old_id: int, user: User, *, next_url: str = "") -> str:
    """Empty for a person who may not change the content, and for what has no versions."""
    if not hasattr(content, "latest_revision_id") or not can_edit(content, user):
        return ""
    args = [content._meta.app_label, content._meta.model_name, content.pk]
    query: dict[str, str | int] = {"product": old_id}
    if next_url:
        query["next"] = next_url
    return f"{reverse(SWAP, args=args)}?{urlencode(query)}"
