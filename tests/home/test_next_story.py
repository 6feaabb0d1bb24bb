"""Each story leads to the next."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from home.models import HomePage, StoryIndexPage, StoryPage

pytestmark = pytest.mark.usefixtures("site")


def make_story(title: str, *, day: int, live: bool = True) -> StoryPage:
    story = StoryPage(title=title, live=live, first_published_at=datetime(2026, 3, day, tzinfo=UTC))
    StoryIndexPage.objects.get().add_child(instance=story)
    return story


def next_of(story: StoryPage) -> str | None:
    found = story.find_next()
    return found.title if found else None


def test_the_next_story_is_the_one_before_and_the_last_leads_to_the_newest(
    client: Client, site: HomePage
) -> None:
    first, second, third = (make_story(f"Story {day}", day=day) for day in (1, 2, 3))
    make_story("Draft", day=4, live=False)
    assert [next_of(one) for one in (third, second, first)] == ["Story 2", "Story 1", "Story 3"]
    html = client.get(second.url).content.decode()
    assert f'<a class="next-story__link" href="{first.url}">Story 1</a>' in html


def test_a_story_alone_leads_to_no_other(client: Client, site: HomePage) -> None:
    story = make_story("Alone", day=1)
    assert next_of(story) is None
    assert "Read next" not in client.get(story.url).content.decode()


def test_a_story_that_was_never_published_leads_to_the_newest() -> None:
    make_story("Story", day=1)
    draft = StoryPage(title="Draft", live=False)
    StoryIndexPage.objects.get().add_child(instance=draft)
    assert next_of(draft) == "Story"


def test_finding_the_next_story_costs_at_most_three_queries(django_assert_num_queries) -> None:
    first, second = make_story("One", day=1), make_story("Two", day=2)
    with django_assert_num_queries(2):
        second.find_next()
    with django_assert_num_queries(3):
        first.find_next()


def test_a_story_does_not_end_with_one_that_its_blocks_have_shown(
    client: Client, site: HomePage
) -> None:
    first, second, third = (make_story(f"Story {day}", day=day) for day in (1, 2, 3))
    block = {"heading": "Read on", "stories": [second], "fill_up_to": 0}
    third.body = [("related_stories", block)]
    third.save_revision().publish()
    html = client.get(third.url).content.decode()
    assert f'<a class="story-card__link" href="{second.url}">Story 2</a>' in html
    assert f'<a class="next-story__link" href="{first.url}">Story 1</a>' in html
    third.body = [("related_stories", {**block, "stories": [first, second]})]
    third.save_revision().publish()
    assert "Read next" not in client.get(third.url).content.decode()
