"""Who may ask where products are shown: those who write pages, and those who keep the products."""

from typing import Any

from wagtail.models import Page
from wagtail.permissions import policy_registry


def can_see_what_sells(user: Any) -> bool:
    if user.has_perm("products.view_product") or user.has_perm("products.change_product"):
        return True
    policy = policy_registry.get_by_type(Page)
    return bool(policy.user_has_any_permission(user, ["add", "change", "publish"]))
