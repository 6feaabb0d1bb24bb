"""The stories as RSS."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from home.models import HomePage, StoryIndexPage, StoryPage
from shopsite.cms.machine_pictures import FILTER, make_machine_pictures
from tests.factories import make_image

pytestmark = pytest.mark.usefixtures("empty_cache")


def make_story(title: str, *, live: bool = True) -> StoryPage:
    story = StoryPage(
        title=title,
        summary=f"{title}: all of it, <b>in full</b>.",
        author_name="Mara Lind",
        cover=make_image(),
        cover_alt="A cup & a pot",
        live=False,
    )
    StoryIndexPage.objects.get().add_child(instance=story)
    if live:
        story.save_revision().publish()
        make_machine_pictures(story.shown_pictures)
    return story


def read_feed() -> ElementTree.Element:
    response = Client().get("/feeds/stories.xml")
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)[0]


def test_a_story_is_told_with_its_whole_summary_and_its_picture(site: HomePage) -> None:
    story = make_story("Slow tea")
    channel = read_feed()
    assert channel.findtext("title") == "Stories from Fern & Kettle"
    assert channel.findtext("link") == "http://testserver/stories/"
    [item] = channel.findall("item")
    picture = f"http://testserver{story.cover.get_rendition(FILTER).url}"
    assert item.findtext("title") == "Slow tea"
    assert item.findtext("link") == "http://testserver/stories/slow-tea/"
    assert item.findtext("guid") == "http://testserver/stories/slow-tea/"
    assert item.findtext("description") == (
        f'<p><img src="{picture}" alt="A cup &amp; a pot"></p>'
        "<p>Slow tea: all of it, &lt;b&gt;in full&lt;/b&gt;.</p>"
    )
    enclosure = item.find("enclosure")
    assert enclosure is not None
    assert (enclosure.get("url"), enclosure.get("type")) == (picture, "image/jpeg")


def test_drafts_and_pages_that_are_not_listed_are_not_told(
    site: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_story("Live")
    make_story("Draft", live=False)
    assert [item.findtext("title") for item in read_feed().findall("item")] == ["Live"]
    monkeypatch.setattr(StoryPage, "is_indexable", False)
    assert read_feed().findall("item") == []


def test_a_control_character_breaks_no_reader(site: HomePage) -> None:
    make_story("Tea")
    StoryPage.objects.update(title="Te\x08a", summary="A\x1f", author_name="M\x00"[:1])
    [item] = read_feed().findall("item")
    assert item.findtext("title") == "Tea"


@override_settings(SITE_URL="https://shop.example", ALLOWED_HOSTS=["*"])
def test_addresses_come_from_the_settings_whatever_the_host_was_called(site: HomePage) -> None:
    make_story("Tea")
    response = Client().get("/feeds/stories.xml", HTTP_HOST="evil.example")
    assert b"https://shop.example/stories/tea/" in response.content
    assert b"evil.example" not in response.content
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"


def test_every_page_names_the_feed(site: HomePage) -> None:
    html = Client().get("/").content.decode()
    assert 'href="/feeds/stories.xml"' in html
    assert 'type="application/rss+xml"' in html


def test_the_queries_do_not_grow_with_the_stories(site: HomePage) -> None:
    numbers = []
    for count in (2, 15):
        for number in range(count):
            make_story(f"S{count}-{number}")
        read_feed()
        with CaptureQueriesContext(connection) as queries:
            read_feed()
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
