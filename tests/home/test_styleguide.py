"""The style guide shows every component and every block, and only those who build see it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from home.models import HomePage
from home.styleguide.design_tokens import ColorToken, read_tokens, swatches_stylesheet
from products.blocks import StoryStreamBlock
from shopsite.cms.blocks import SHOP
from tests.factories import make_collection, make_contact_form, make_product_page, make_section
from tests.home.test_search import make_story
from tests.products.makers import make_picture

TEMPLATES = Path(settings.BASE_DIR, "templates")
# What stands in the head of a document and cannot be looked at, or is a part of the admin's log-in.
NOT_TO_BE_SEEN = {
    "components/login_sign.html",
    "components/scripts.html",
    "components/share_tags.html",
    "components/structured_data.html",
    "components/stylesheets.html",
}
# Shown by templates around them, and in no state of their own: the frame of the guide's own page,
# and parts that have no heading in it.
SHOWN_BY_OTHERS = {
    "blocks/story_basket_fields.html",
    "components/cart_answer.html",
    "components/cart_link.html",
    "components/field_notes.html",
    "components/lightbox.html",
    "components/filter_option.html",
    "components/footer_notes.html",
    "components/menu_link.html",
    "components/price_in_words.html",
    "components/site_brand.html",
    "components/site_footer.html",
    "components/site_header.html",
    "components/site_icon.html",
}


@pytest.fixture
def full_shop(site: HomePage) -> None:
    make_picture()
    product = make_product_page("Speckled Mug", picture=True)
    make_product_page("Linen towel", picture=True)
    make_collection(picks=[product])
    make_story("Why iron")
    make_contact_form()
    make_section(body=[("text", {"text": "<p>Because.</p>"})])


def all_parts() -> set[str]:
    folders = ("components", "blocks")
    paths = [path for folder in folders for path in (TEMPLATES / folder).glob("*.html")]
    return {str(path.relative_to(TEMPLATES)) for path in paths}


def test_every_component_and_block_is_drawn_by_its_own_template(full_shop: None) -> None:
    response = Client().get("/demo/styleguide/")
    assert response.status_code == 200
    drawn = {template.name for template in response.templates}
    assert all_parts() - drawn <= NOT_TO_BE_SEEN
    html = response.content.decode()
    named = set(re.findall(r'<code class="specimen__file">([^<]+)</code>', html))
    assert all_parts() - named == NOT_TO_BE_SEEN | SHOWN_BY_OTHERS
    assert named <= all_parts()


def test_blocks_stand_in_a_stream_as_on_a_page(full_shop: None) -> None:
    """One thing between the two, which steps aside (layout.css); a second would squeeze the block
    into a column of its own."""
    html = Client().get("/demo/styleguide/").content.decode()
    between = r'specimen__stream">\s*<div class="([^"]*)">\s*<\w+ class="([^"]*)"'
    found = re.findall(between, html)
    assert len(found) == html.count("specimen__stream") > 50
    assert {outer for outer, _inner in found if not outer.startswith("w-block-")} == {
        "specimen__block"
    }
    footer = {"footer-text-block", "footer-newsletter-block"}
    assert {inner.split()[0] for _outer, inner in found} == {"block", *footer}


def test_products_are_shown_in_every_state(full_shop: None) -> None:
    html = Client().get("/demo/styleguide/").content.decode()
    blocks = html[html.index('id="blocks"') :]
    sold = [one for one in StoryStreamBlock().child_blocks.values() if one.meta.group == SHOP]
    assert len(sold) > 5
    for label in ("Last three", "Sold out", "On sale", "Coming soon"):
        assert blocks.count(f'specimen__label container">{label}</p>') == len(sold)
    for words in ("In stock", "Only 3 left", "Not for sale", "Nothing fits all of these filters"):
        assert words in html


def test_every_token_of_the_stylesheet_is_read_and_shown(full_shop: None) -> None:
    names = {token.name for token in read_tokens()}
    css = Path(settings.BASE_DIR, "static/css/tokens.css").read_text()
    assert names == set(re.findall(r"^ {2,4}--([a-z0-9-]+):", css, re.MULTILINE))
    html = Client().get("/demo/styleguide/").content.decode()
    colors = [token for token in read_tokens() if isinstance(token, ColorToken)]
    assert len(colors) > 15
    for token in colors:
        assert f"swatch--{token.name}" in html
        assert f"{token.light} · {token.dark}" in html


def test_swatches_are_a_stylesheet_because_the_policy_takes_no_inline_style(
    site: HomePage,
) -> None:
    response = Client().get("/demo/styleguide/swatches.css")
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert ".swatch--accent { background: var(--accent); }" in response.content.decode()
    assert response.content.decode() == swatches_stylesheet(read_tokens())
    assert " style=" not in Client().get("/demo/styleguide/").content.decode()


def test_an_empty_shop_has_a_guide_too(site: HomePage) -> None:
    assert Client().get("/demo/styleguide/").status_code == 200


@pytest.mark.parametrize("address", ["/demo/styleguide/", "/demo/styleguide/swatches.css"])
def test_a_real_shop_has_no_guide(site: HomePage, settings, address: str) -> None:
    settings.DEMO = False
    assert Client().get(address).status_code == 404
    settings.DEBUG = True
    assert Client().get(address).status_code == 200
