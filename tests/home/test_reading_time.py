"""How long a story takes to read."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import HomePage, StoryIndexPage, StoryPage
from tests.factories import make_product_page

pytestmark = pytest.mark.usefixtures("site")


def make_story(title: str, *blocks: tuple[str, object]) -> StoryPage:
    story = StoryPage(title=title, body=list(blocks))
    StoryIndexPage.objects.get().add_child(instance=story)
    story.save_revision().publish()
    return StoryPage.objects.get(pk=story.pk)


def paragraphs(words: int) -> tuple[str, object]:
    return "text", {"text": f"<p>{'tea ' * (words // 2)}</p><p>{'tea ' * (words // 2)}</p>"}


def test_a_story_takes_a_minute_for_each_220_words() -> None:
    assert make_story("Short", paragraphs(20)).reading_minutes == 1
    assert make_story("Long", paragraphs(1100)).reading_minutes == 5


def test_the_last_word_of_a_paragraph_is_a_word() -> None:
    assert make_story("Lines", ("text", {"text": "<p>tea</p>" * 660})).reading_minutes == 3


def test_reading_time_asks_the_database_nothing(django_assert_num_queries) -> None:
    page = make_product_page("Mug")
    card = ("product_card", {"product": page})
    story = make_story("With a product", paragraphs(440), card)
    with django_assert_num_queries(0):
        assert story.reading_minutes == 2


def test_a_list_of_stories_costs_the_same_for_two_and_for_nine(
    client: Client, site: HomePage
) -> None:
    def queries() -> int:
        client.get("/stories/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/stories/").status_code == 200
        return len(asked)

    page = make_product_page("Mug")
    for number in range(2):
        make_story(f"First {number}", ("product_card", {"product": page}))
    few = queries()
    for number in range(7):
        make_story(f"Then {number}", ("product_card", {"product": page}))
    assert queries() == few
