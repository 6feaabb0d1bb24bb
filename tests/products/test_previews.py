"""Every block shows in the editor what it will look like, also in a shop that is still empty."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.blocks import Block

from home.models import HomePage
from products.blocks import StoryStreamBlock
from products.models import ProductPage
from tests.factories import make_collection, make_product_page, make_user
from tests.products.makers import make_picture


def blocks_of_a_story() -> Iterator[Block]:
    yield from StoryStreamBlock().child_blocks.values()


BLOCKS = list(blocks_of_a_story())
NAMES = [block.name for block in BLOCKS]
PRODUCT_BLOCKS = [
    "product_card", "product_grid", "buy_box", "shop_the_look", "story_basket", "comparison",
]  # fmt: skip


@pytest.fixture
def full_shop(site: HomePage) -> None:
    make_picture()
    make_product_page("Speckled Mug")


def test_the_story_has_these_blocks() -> None:
    assert NAMES == [
        "text", "picture_with_text", "gallery", "quote", "video", "how_to", "faq",
        "related_stories", "product_card", "product_grid", "buy_box",
        "shop_the_look", "story_basket", "comparison", "collection_tiles", "hero",
        "call_to_action", "icon_list", "countdown", "newsletter", "form", "section",
    ]  # fmt: skip


@pytest.mark.parametrize("block", BLOCKS, ids=NAMES)
def test_each_block_has_a_preview_and_says_what_it_is_for(block: Block) -> None:
    assert block.is_previewable
    assert str(block.meta.description)
    assert str(block.meta.group)


def show_preview(client: Client, block: Block) -> str:
    """As the block picker asks for it: by the definition that a page's field registered."""
    registered = ProductPage.body.field.stream_block.child_blocks[block.name]
    url = reverse("wagtailadmin_block_preview")
    response = client.get(url, {"id": registered.definition_prefix})
    assert response.status_code == 200
    html: str = response.content.decode()
    return html


@pytest.fixture
def admin(client: Client, db: None) -> Client:
    client.force_login(make_user("erin", is_superuser=True))
    return client


@pytest.mark.parametrize("block", BLOCKS, ids=NAMES)
def test_a_preview_is_drawn_in_an_empty_shop(block: Block, admin: Client, site: HomePage) -> None:
    assert "<html" in show_preview(admin, block)


def test_the_preview_of_tiles_shows_collections(admin: Client, full_shop: None) -> None:
    make_collection("Gifts")
    tiles = next(block for block in BLOCKS if block.name == "collection_tiles")
    assert "Gifts" in show_preview(admin, tiles)


@pytest.mark.parametrize("block", BLOCKS, ids=NAMES)
def test_a_preview_is_drawn_in_a_full_shop(block: Block, admin: Client, full_shop: None) -> None:
    assert "<html" in show_preview(admin, block)


def test_the_previews_of_product_blocks_show_a_product_of_the_shop(
    admin: Client, full_shop: None
) -> None:
    for name in PRODUCT_BLOCKS:
        html = show_preview(admin, next(block for block in BLOCKS if block.name == name))
        assert "Speckled Mug" in html
        assert "€24.00" in html


@pytest.mark.parametrize("name", PRODUCT_BLOCKS)
def test_the_preview_of_a_product_block_also_shows_it_sold_out_and_on_sale(
    name: str, admin: Client, full_shop: None
) -> None:
    html = show_preview(admin, next(block for block in BLOCKS if block.name == name))
    for words in ("Sold out", "On sale", "€19.20"):
        assert words in html


def test_other_previews_have_one_state(admin: Client, full_shop: None) -> None:
    html = show_preview(admin, next(block for block in BLOCKS if block.name == "quote"))
    assert "Sold out" not in html


@pytest.mark.parametrize("block", BLOCKS, ids=NAMES)
def test_what_a_preview_shows_could_be_saved(block: Block, full_shop: None) -> None:
    value = block.get_preview_value()
    assert block.get_prep_value(block.to_python(block.get_prep_value(value))) is not None
