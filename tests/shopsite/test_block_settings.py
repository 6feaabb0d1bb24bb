"""The settings that all blocks share: look, width, distance, anchor, and when a block is shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.blocks import Block

from home.models import HomePage, LandingIndexPage, LandingPage
from products.blocks import StoryStreamBlock
from shopsite.cms.blocks import ContentBlock, QuoteBlock, RichTextBlock, sample_picture
from tests.factories import make_image

BLOCKS = list(StoryStreamBlock().child_blocks.values())
NAMES = [block.name for block in BLOCKS]
HOUR = timedelta(hours=1)
QUOTE = {"quote": "So it is.", "attribution": "Mara", "role": "Potter"}


def render(value: dict[str, Any], *, is_preview: bool = False) -> str:
    block = QuoteBlock()
    block.set_name("quote")
    request = RequestFactory().get("/")
    request.is_preview = is_preview
    return str(block.render(block.normalize({**QUOTE, **value}), context={"request": request}))


@pytest.mark.parametrize("block", BLOCKS, ids=NAMES)
def test_every_block_has_the_settings_in_a_group_of_their_own(block: Block) -> None:
    assert isinstance(block, ContentBlock)
    layout = block.meta.form_layout
    assert [name for name in layout.settings if name != "width"] == [
        "theme", "spacing", "anchor", "show_from", "show_until",
    ]  # fmt: skip
    assert set(layout.settings).isdisjoint(layout.children)
    assert sorted(layout.get_sorted_block_names()) == sorted(block.child_blocks)


def test_the_frame_carries_the_settings_out() -> None:
    html = render({"theme": "accent", "width": "wide", "spacing": "roomy", "anchor": "voices"})
    assert '<div class="block block--accent block--wide block--roomy" id="voices">' in html
    assert "So it is." in html


def test_a_value_without_settings_looks_as_the_block_always_did() -> None:
    html = render({})
    assert '<div class="block block--plain block--text block--normal">' in html


@pytest.mark.parametrize(
    ("begins", "ends", "is_shown"),
    [
        (None, None, True),
        (-HOUR, None, True),
        (HOUR, None, False),
        (None, HOUR, True),
        (None, -HOUR, False),
        (-HOUR, HOUR, True),
    ],
)
def test_shoppers_see_a_block_between_its_dates(
    begins: timedelta | None, ends: timedelta | None, is_shown: bool
) -> None:
    now = timezone.now()
    dates = {"show_from": begins and now + begins, "show_until": ends and now + ends}
    assert ("So it is." in render(dates)) is is_shown
    assert bool(render(dates)) is is_shown


@pytest.mark.parametrize(
    ("dates", "note"),
    [
        ({"show_from": HOUR}, "Shoppers see this from "),
        ({"show_until": -HOUR}, "Shoppers have not seen this since "),
    ],
)
def test_a_preview_shows_and_marks_what_shoppers_do_not_see(
    dates: dict[str, timedelta], note: str
) -> None:
    html = render({k: timezone.now() + v for k, v in dates.items()}, is_preview=True)
    assert "block--marked" in html
    assert note in html
    assert "So it is." in html


def test_a_preview_does_not_mark_what_shoppers_see() -> None:
    assert render({}, is_preview=True) == render({})


def test_the_end_of_a_block_comes_after_its_beginning() -> None:
    now = timezone.now()
    block = QuoteBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.normalize({**QUOTE, "show_from": now, "show_until": now}))
    assert list(refused.value.block_errors) == ["show_until"]


@pytest.mark.parametrize("anchor", ["Recipe", "1st", "a b", "main", "-a", 'x"y', "recipe\n"])
def test_an_anchor_is_a_plain_name(anchor: str) -> None:
    block = QuoteBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.normalize({**QUOTE, "anchor": anchor}))
    assert list(refused.value.block_errors) == ["anchor"]


@pytest.mark.parametrize("anchor", ["", "recipe", "step-2", "main-thing"])
def test_an_anchor_may_be_left_out(anchor: str) -> None:
    block = QuoteBlock()
    assert block.clean(block.normalize({**QUOTE, "anchor": anchor}))["anchor"] == anchor


def test_no_two_blocks_of_a_page_have_the_same_anchor() -> None:
    stream = StoryStreamBlock()
    value = stream.to_python(
        [("quote", {**QUOTE, "anchor": name}) for name in ("voices", "others", "voices", "", "")]
    )
    with pytest.raises(ValidationError) as refused:
        stream.clean(value)
    assert list(refused.value.block_errors) == [2]


def test_settings_are_no_words_to_be_found_by() -> None:
    block = RichTextBlock()
    value = block.normalize({"text": "<p>Leaves.</p>"})
    assert [str(text) for text in block.get_searchable_content(value)] == ["Leaves."]


def landing_page_with_hero(**settings: Any) -> str:
    make_image()
    hero = {"heading": "Hello", "text": "", "eyebrow": "", "actions": [], **settings}
    page = LandingPage(title="Summer", slug="summer")
    page.body = [("hero", {**hero, "picture": sample_picture()})]
    LandingIndexPage.objects.get().add_child(instance=page)
    return Client().get(page.url).content.decode()


def test_a_hero_that_is_shown_brings_the_heading_of_the_page(site: HomePage) -> None:
    html = landing_page_with_hero()
    assert html.count("<h1") == 1
    assert '<h1 class="hero-block__heading">Hello</h1>' in html


def test_a_page_whose_hero_is_not_shown_yet_has_its_title_as_heading(site: HomePage) -> None:
    html = landing_page_with_hero(show_from=timezone.now() + HOUR)
    assert html.count("<h1") == 1
    assert '<h1 class="page-head__title">Summer</h1>' in html
    assert "Hello" not in html
