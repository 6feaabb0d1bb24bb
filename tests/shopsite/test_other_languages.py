"""The interface in other languages: nothing is left in English, and right-to-left is right."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client, override_settings
from django.utils.translation import gettext, ngettext

from home.models import HomePage
from products.blocks import StoryStreamBlock
from shopsite.cms.models import BrandSettings
from tests.factories import make_product_page
from tests.home.test_search import make_story
from tests.pseudo_locale import CLOSE, LANGUAGE, OPEN, pseudo, write_pseudo_locale

pytestmark = pytest.mark.django_db

SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
# Titles in Greek letters: Latin ones that are left belong to the interface.
MUG, STORY, SHOP = "Κούπα", "Τσάι", "Φτέρη"
ENGLISH = re.compile(r"[A-Za-z]{2,}")
TRANSLATED = re.compile(f"{OPEN}[^{CLOSE}]*{CLOSE}", re.DOTALL)
# Their names are not ours: django-countries has them in the languages that there are.
COUNTRY = re.compile(r'<option value="[A-Z]{2}"[^>]*>[^<]*</option>')
READ_ALOUD = {"alt", "title", "aria-label", "placeholder"}


class _Seen(HTMLParser):
    """What a person reads or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag in ("script", "style")
        self.texts += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def english_of(html: str) -> list[str]:
    seen = _Seen()
    seen.feed(COUNTRY.sub("", html))
    return ENGLISH.findall(TRANSLATED.sub("", " ".join(seen.texts)))


@pytest.fixture
def shop(site: HomePage) -> list[str]:
    """Its addresses; everything an editor wrote is in Greek letters."""
    BrandSettings.load()
    BrandSettings.objects.update(name=SHOP, tagline=SHOP, support_email="")
    titles = ("Μαγαζί", "Συλλογές", "Ιστορίες", "Νέα")
    for page, title in zip(site.get_children(), titles, strict=True):
        page.title = title
        page.save()
    site.title = SHOP
    site.save()
    product = make_product_page(MUG, sku="1", on_hand=3)
    product.summary = MUG
    product.save()
    story = make_story(STORY)
    story.summary, story.author_name = STORY, SHOP
    story.save()
    return [product.url, story.url, "/", "/shop/", "/stories/", f"/search/?q={quote(MUG)}"]


@pytest.fixture
def pseudo_language(tmp_path: Path) -> Iterator[None]:
    assert write_pseudo_locale(tmp_path) > 800
    with override_settings(
        LANGUAGE_CODE=LANGUAGE,
        LANGUAGES=[("en-us", "English"), (LANGUAGE, "Pseudo")],
        LOCALE_PATHS=[str(tmp_path)],
    ):
        yield


def test_every_text_is_in_the_pseudo_language(shop: list[str], pseudo_language: None) -> None:
    assert gettext("Add to cart") == pseudo("Add to cart") == "⟦Ádd tö çárt ~~~~⟧"
    assert ngettext("%d item in your cart", "%d items in your cart", 2) % 2 == (
        "⟦2 ítémš íñ ýöür çárt ~~~~ ~~~~⟧"
    )


def test_no_english_word_of_the_interface_is_left(shop: list[str], pseudo_language: None) -> None:
    client = Client()
    found = {}
    for address in shop:
        response = client.get(address)
        assert response.status_code == 200
        html = response.content.decode()
        assert f'<html lang="{LANGUAGE}"' in html
        assert html.count(OPEN) > 10
        if words := english_of(html):
            found[address] = words
    client.post("/cart/add/", {"sku": "1", "quantity": "1"}, **SAME_ORIGIN)
    for address in ("/cart/", "/checkout/", "/no/such/page/", "/newsletter/"):
        if words := english_of(client.get(address).content.decode()):
            found[address] = words
    assert found == {}, found


def test_right_to_left_is_said_and_numbers_follow_the_language(shop: list[str]) -> None:
    with override_settings(LANGUAGE_CODE="ar", LANGUAGES=[("en-us", "English"), ("ar", "Arabic")]):
        for address in [*shop, "/cart/", "/no/such/page/"]:
            html = Client().get(address).content.decode()
            assert '<html lang="ar"' in html, address
            assert 'dir="rtl"' in html, address
    assert 'dir="ltr"' in Client().get("/").content.decode()


def test_the_control_finds_english() -> None:
    assert english_of(f'<p title="Old">{OPEN}Ñöw{CLOSE} here</p><script>let it</script>') == [
        "Old",
        "here",
    ]


def test_blocks_are_in_the_pseudo_language_too(shop: list[str], pseudo_language: None) -> None:
    labels = [str(block.label) for block in StoryStreamBlock().child_blocks.values()]
    assert [label for label in labels if not label.startswith(OPEN)] == []
