"""Landing pages to begin with: copies of pages that stand in a folder nobody can visit."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail.query import PageQuerySet

from home.models import LandingIndexPage, LandingPage, LandingTemplatesPage


def list_templates() -> PageQuerySet:
    """In the order of the tree, which editors change by dragging."""
    folder = LandingTemplatesPage.objects.first()
    templates = LandingPage.objects.all()
    return templates.child_of(folder).order_by("path") if folder else templates.none()


@transaction.atomic
def create_from_template(
    *, template: LandingPage, title: str, parent: LandingIndexPage, user: User
) -> LandingPage:
    """The draft of a landing page with what the template has now, in its latest draft.

    Raises CopyPagePermissionError when the user may not add pages there.
    """
    latest = template.get_latest_revision_as_object()
    slug = find_available_slug(parent, slugify(title) or "page")
    page: Page = latest.copy(
        to=parent,
        update_attrs={"title": title, "draft_title": title, "slug": slug},
        copy_revisions=False,
        keep_live=False,
        user=user,
    )
    return page.specific
