"""What the editorial site adds to what is not ready on a page."""

from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from home.models import StoryPage
from shopsite.cms.readiness import Finding


def check_story(page: Any, user: User) -> list[Finding]:
    """A story is met on a card first: its picture and its first sentences."""
    if not isinstance(page, StoryPage):
        return []
    findings = []
    if page.cover_id is None:
        findings.append(Finding("no_picture", _("The story has no cover picture."), "cover"))
    elif not page.cover_alt.strip():
        text = _("The cover picture has no alternative text.")
        findings.append(Finding("no_alt_text", text, "cover_alt"))
    if not page.summary.strip():
        findings.append(Finding("no_summary", _("The story has no summary."), "summary"))
    return findings
