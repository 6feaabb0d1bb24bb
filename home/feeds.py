"""The stories as RSS, for readers."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.models import Site

from home.models import StoryIndexPage, StoryPage
from shopsite.cms.addresses import absolute_url
from shopsite.cms.machine_pictures import addresses_of
from shopsite.cms.metadata import description_of
from shopsite.cms.models import BrandSettings
from shopsite.lib.text import strip_control_characters
from shopsite.public_pages import PUBLIC_SECONDS

LENGTH = 20
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class SteadyFeed(Rss201rev2Feed):
    """Without a dated story Django's names the moment of asking: other bytes each second."""

    def latest_post_date(self) -> datetime:
        dates = [item[key] for item in self.items for key in ("pubdate", "updateddate")]
        return max(filter(None, dates), default=LONG_AGO)


class StoryFeed(Feed):
    """The latest stories with their summary and picture. All addresses come from SITE_URL."""

    feed_type = SteadyFeed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response.headers["Cache-Control"] = f"public, max-age=0, s-maxage={PUBLIC_SECONDS}"
        return response

    def get_object(self, request: HttpRequest) -> HttpRequest:
        return request

    def title(self, request: HttpRequest) -> str:
        brand = BrandSettings.load(request_or_site=request)
        return _("Stories from %(shop)s") % {"shop": brand.name}

    def description(self, request: HttpRequest) -> str:
        return BrandSettings.load(request_or_site=request).tagline

    def link(self, request: HttpRequest) -> str:
        index = StoryIndexPage.objects.live().first()
        return absolute_url((index.get_url(request) if index else "") or "/")

    def feed_url(self) -> str:
        return absolute_url(reverse("story-feed"))

    def items(self, request: HttpRequest) -> list[StoryPage]:
        site = Site.find_for_request(request)
        if site is None:
            return []
        latest = StoryPage.latest_below(site.root_page)[:LENGTH]
        stories = [story for story in latest if story.is_indexable]
        addresses = addresses_of(story.cover for story in stories)
        for story in stories:
            story.picture_address = addresses.get(story.cover_id or 0, "")
        return stories

    def item_title(self, story: StoryPage) -> str:
        return strip_control_characters(story.title)

    def item_description(self, story: StoryPage) -> str:
        """As HTML: the picture, then the whole summary."""
        summary = strip_control_characters(story.summary) or description_of(story)
        if not story.picture_address:
            return format_html("<p>{}</p>", summary)
        return format_html(
            '<p><img src="{}" alt="{}"></p><p>{}</p>',
            story.picture_address,
            strip_control_characters(story.cover_alt),
            summary,
        )

    def item_link(self, story: StoryPage) -> str:
        return absolute_url(story.url or "")

    def item_author_name(self, story: StoryPage) -> str:
        return strip_control_characters(story.author_name)

    def item_pubdate(self, story: StoryPage) -> datetime | None:
        return story.first_published_at

    def item_updateddate(self, story: StoryPage) -> datetime | None:
        return story.last_published_at

    def item_enclosures(self, story: StoryPage) -> list[Enclosure]:
        if not story.picture_address:
            return []
        # Zero is how RSS says that a length is not known; the files' store may be far away.
        return [Enclosure(story.picture_address, "0", "image/jpeg")]
