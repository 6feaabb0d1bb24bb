"""Makes the folder of templates with the ones to begin with, in a shop that has none."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from wagtail.models import PageViewRestriction

from home.models import LandingIndexPage, LandingPage, LandingTemplatesPage
from home.template_content import TEMPLATES
from shopsite.cms.blocks import sample_picture
from shopsite.cms.models import ShopImage


@transaction.atomic
def create_landing_templates(*, user: User | None = None) -> bool:
    """False where there is nothing to do: the folder exists, whatever people made of it, or there
    is no page for landing pages yet. What somebody deleted is never made again."""
    index = LandingIndexPage.objects.first()
    if index is None or LandingTemplatesPage.objects.exists():
        return False
    folder = LandingTemplatesPage(title="Templates", slug="templates", live=False, owner=user)
    index.add_child(instance=folder)
    # Lists, search and sitemap leave out what is private; its addresses are answered by nobody.
    PageViewRestriction.objects.create(page=folder, restriction_type=PageViewRestriction.LOGIN)
    for template in TEMPLATES:
        page = LandingPage(title=template.title, slug=template.slug, live=False, owner=user)
        page.body = page.body.stream_block.to_python(list(_with_picture(template.body)))
        folder.add_child(instance=page)
        page.save_revision(user=user)
    return True


def _with_picture(blocks: tuple[tuple[str, Any], ...]) -> Iterator[dict[str, Any]]:
    """A hero shows a wide picture of the library, so that a page looks like one at once."""
    wide = ShopImage.objects.filter(width__gt=F("height")).order_by("pk")
    picture = wide.first() or sample_picture()
    for name, value in blocks:
        if name == "hero" and picture is not None:
            image = {
                "image": picture.pk, "decorative": False, "alt_text": picture.default_alt_text,
            }  # fmt: skip
            yield {"type": name, "value": {**value, "picture": image}}
        else:
            yield {"type": name, "value": value}
