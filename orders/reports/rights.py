"""Whose sales a person may see: of the whole shop, or of the pages that they may change."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from orders.models import OrderLine
from orders.reports.page_sales import lines_of_pages

SEE_SALES = "orders.view_sales_reports"
SEE_PAGE_SALES = "orders.view_page_sales"


def lines_seen_by(user: Any, *types: type[Page]) -> QuerySet[OrderLine] | None:
    """For a person with SEE_PAGE_SALES: what was sold from pages, of these types if any is named.
    None stands for all lines, also those of deleted pages."""
    sees_all = user.has_perm(SEE_SALES)
    if sees_all and not types:
        return None
    pages = Page.objects.all() if sees_all else _changeable(user)
    return lines_of_pages(pages.type(*types) if types else pages)


def may_see_sales_of(user: Any, page_id: int) -> bool:
    if not user.has_perm(SEE_PAGE_SALES):
        return False
    return user.has_perm(SEE_SALES) or _changeable(user).filter(pk=page_id).exists()


def _changeable(user: Any) -> PageQuerySet:
    policy = policy_registry.get_by_type(Page)
    pages: PageQuerySet = policy.instances_user_has_permission_for(user, "change")
    return pages
