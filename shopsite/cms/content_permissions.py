"""Who may write and publish content, whether it is a page or a snippet."""

from typing import Any

from wagtail.models import Page
from wagtail.permissions import policy_registry


def can_edit(content: Any, user: Any) -> bool:
    if isinstance(content, Page):
        return bool(content.permissions_for_user(user).can_edit())
    return _has_permission(content, user, "change")


def can_publish(content: Any, user: Any) -> bool:
    if isinstance(content, Page):
        return bool(content.permissions_for_user(user).can_publish())
    return _has_permission(content, user, "publish")


def _has_permission(content: Any, user: Any, action: str) -> bool:
    policy = policy_registry.get(content)
    return policy is not None and policy.user_has_permission_for_instance(user, action, content)
