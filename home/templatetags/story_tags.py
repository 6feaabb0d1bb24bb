from collections.abc import Mapping
from typing import Any

from django import template
from wagtail.models import Page

from home.models import StoryPage
from home.related import related_stories, stories_showing

register = template.Library()


@register.simple_tag(takes_context=True)
def stories_for(context: template.Context, value: Mapping[str, Any]) -> list[StoryPage]:
    """What a block of related stories shows on the page that is being rendered; 2 queries. A story
    is told which, so that it does not end with one of them."""
    page = context.get("page")
    stories = related_stories(
        value["stories"],
        fill_up_to=value.get("fill_up_to") or 0,
        tag=value.get("tag") or "",
        besides=page,
    )
    if isinstance(page, StoryPage):
        page.shown_with_it.update(story.pk for story in stories)
    return stories


@register.simple_tag
def stories_with(page: Page) -> list[StoryPage]:
    """The newest stories that every reader may see and that show this page; 2 queries."""
    return stories_showing(page)
