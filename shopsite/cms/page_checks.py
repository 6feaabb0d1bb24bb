"""Everything that is not ready on a page, asked of all layers."""

from typing import Any

from django.contrib.auth.models import User
from wagtail import hooks

from shopsite.cms.page_facts import content_facts
from shopsite.cms.readiness import Finding, content_findings, one_for_each_place

HOOK = "register_page_checks"


def page_findings(page: Any, user: User) -> list[Finding]:
    """`page` may be a draft. A higher layer knows more of a place, so that its word counts."""
    checks = [check for register in hooks.get_hooks(HOOK) for check in register()]
    found = [finding for check in checks for finding in check(page, user)]
    return one_for_each_place([*found, *content_findings(content_facts(page))])
