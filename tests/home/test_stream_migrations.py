"""Streams from before the shared settings keep their words, in pages and in every revision."""

from copy import deepcopy
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from wagtail.blocks import StreamValue

from home import migrations
from home.models import HomePage, StoryIndexPage, StoryPage
from tests.factories import make_product_page

MIGRATIONS = Path(migrations.__file__).parent
OLD: list[dict[str, object]] = [
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


def old_story(stream: list[dict[str, object]]) -> StoryPage:
    page = StoryPage(title="Old", slug="old")
    page.body = StreamValue(page.body.stream_block, stream, is_lazy=True)
    StoryIndexPage.objects.get().add_child(instance=page)
    page.save_revision(clean=False)
    return page


def migrate(app: str, name: str) -> None:
    for operation in import_module(f"{app}.migrations.{name}").Migration.operations:
        operation.code(apps, None)


def test_old_streams_keep_their_words_and_their_look(site: HomePage) -> None:
    page = old_story(OLD)
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


OLD_GRIDS: list[dict[str, object]] = [
    {
        "type": "product_grid",
        "value": {
            "heading": "More",
            "products": [{"type": "item", "value": 0, "id": "i0"}],
            "more_link": {"text": "", "page": None, "address": ""},
        },
        "id": "g0",
    },
    {
        "type": "product_grid",
        "value": {
            "heading": "Unfinished",
            "products": [],
            "more_link": {"text": "", "page": None, "address": ""},
        },
        "id": "g1",
    },
]


def test_old_grids_keep_their_products_and_show_them_as_before(site: HomePage) -> None:
    product = make_product_page("Mug")
    old = deepcopy(OLD_GRIDS)
    old[0]["value"]["products"][0]["value"] = product.pk  # type: ignore[index]
    page = old_story(old)
    (name,) = [path.stem for path in MIGRATIONS.glob("*_grids_of_choices.py")]
    migrate("home", name)
    page = StoryPage.objects.get(pk=page.pk)
    for version in (page, page.get_latest_revision_as_object()):
        full, empty = version.body
        (choice,) = full.value["products"]
        assert (choice["product"], choice["when_gone"]) == (product, "badge")
        assert (full.value["heading"], full.value["collection"]) == ("More", None)
        assert list(empty.value["products"]) == []
