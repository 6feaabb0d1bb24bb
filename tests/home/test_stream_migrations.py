"""Streams from before the shared settings keep their words, in pages and in every revision."""

from importlib import import_module

import pytest
from django.apps import apps
from wagtail.blocks import StreamValue

from home.models import HomePage, StoryIndexPage, StoryPage

OLD = [
    {"type": "text", "value": "<p>Water first.</p>", "id": "a0"},
    {
        "type": "call_to_action",
        "value": {
            "heading": "Go",
            "text": "",
            "action": {"text": "Look", "page": None, "address": "https://example.com/"},
            "style": "accent",
        },
        "id": "a1",
    },
]


def old_story() -> StoryPage:
    page = StoryPage(title="Old", slug="old")
    page.body = StreamValue(page.body.stream_block, OLD, is_lazy=True)
    StoryIndexPage.objects.get().add_child(instance=page)
    page.save_revision(clean=False)
    return page


def migrate(app: str, name: str) -> None:
    for operation in import_module(f"{app}.migrations.{name}").Migration.operations:
        operation.code(apps, None)


def test_old_streams_keep_their_words_and_their_look(site: HomePage) -> None:
    page = old_story()
    migrate("home", "0003_streams_with_settings")
    page = StoryPage.objects.get(pk=page.pk)
    for version in (page, page.get_latest_revision_as_object()):
        text, action = version.body
        assert (text.id, str(text.value["text"])) == ("a0", "<p>Water first.</p>")
        assert text.value["theme"] == "plain"
        assert action.value["theme"] == "accent"
        assert action.value["action"].url == "https://example.com/"
        assert "style" not in action.value
        version.body.stream_block.clean(version.body)


@pytest.mark.parametrize(
    ("app", "name", "models"),
    [
        ("home", "0003_streams_with_settings", ["homepage", "landingpage", "storypage"]),
        ("products", "0004_streams_with_settings", ["productpage"]),
    ],
)
def test_every_page_with_a_story_is_brought_along(app: str, name: str, models: list[str]) -> None:
    operations = import_module(f"{app}.migrations.{name}").Migration.operations
    assert [operation.model_name for operation in operations] == models
