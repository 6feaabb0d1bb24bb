"""Markup, templates and scripts in every text that the shop keeps and shows."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.fields import StreamField
from wagtail.models import Page

from home.models import HomePage, StoryIndexPage, StoryPage
from orders.invoices import issue_invoice
from orders.models import Order, Shipment
from orders.status import OrderStatus
from products.blocks import StoryStreamBlock
from products.models import Product
from shopsite.cms.models import BrandSettings, NavigationSettings
from shopsite.lib.addresses import harmless_address
from tests.factories import make_collection, make_contact_form, make_order, make_product_page
from tests.flows.shopper import SAME_ORIGIN

pytestmark = pytest.mark.usefixtures("indexes")

HOSTILE = "\"'></title></script><q7 onq7=1>{{7*7}}"
SHOP = ("shopsite", "cms", "contact", "products", "orders", "customers", "checkout", "home")
# What is no text: it has a form that the database or the program relies on.
NO_TEXT = {
    "url_path", "path", "slug", "token", "checkout_token", "currency", "sha256", "file_name", "sku",
    "digest", "facets", "title_key", "key", "idempotency_key", "session_id", "dominant_color",
    "content_hash", "file_hash",
}  # fmt: skip
ADDRESSES = {"tracking_url", "tracking_address", "announcement_address"}
RUNS = "javascript:alert(1)"
LINKS = ("href", "src", "action", "formaction")


class Finder(HTMLParser):
    """Notes whether the hostile words became markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.became_markup = False
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _value in attrs}
        self.became_markup |= tag.startswith("q7") or "onq7" in names
        self.addresses += [
            value or "" for name, value in attrs if name in ("href", "src", "action")
        ]


def assert_harmless(html: str, place: str) -> None:
    finder = Finder()
    finder.feed(html)
    assert not finder.became_markup, place
    assert "</script><q7" not in html, place
    assert not re.search(r"onq7=1(&gt;|>)49", html), place
    wrong = [one for one in finder.addresses if one.strip().lower().startswith("javascript:")]
    assert wrong == [], place


def poisoned(block: Any, value: Any) -> Any:
    """The value with hostile words in each text of it, and a hostile address in each link."""
    match block:
        case blocks.URLBlock():
            return RUNS
        case blocks.ChoiceBlock() | blocks.RegexBlock():
            return value
        case blocks.CharBlock() | blocks.TextBlock():
            return RUNS if block.name == "address" else HOSTILE
        case blocks.BaseStructBlock() if isinstance(value, dict):
            children = block.child_blocks.items()
            return {name: poisoned(child, value.get(name)) for name, child in children}
        case blocks.ListBlock() if value is not None:
            return [poisoned(block.child_block, one) for one in value]
        case blocks.BaseStreamBlock() if value is not None:
            return [(one.block_type, poisoned(one.block, one.value)) for one in value]
    return value


def poison_models() -> int:
    """Writes hostile words into each text of each row of the shop; how many columns there are."""
    columns = 0
    models = [model for model in apps.get_models() if model._meta.app_label in SHOP]
    for model in [*models, Page]:
        names = {
            field.name
            for field in model._meta.local_fields
            if type(field) in (CharField, TextField)
            and not (field.choices or field.unique or field.name in NO_TEXT)
            and (field.max_length or 1000) >= len(HOSTILE)
        }
        names -= {"draft_title"} if model is not Page else set()
        for name in names:
            words = RUNS if name in ADDRESSES else HOSTILE
            columns += bool(model._base_manager.update(**{name: words}))
    return columns


@pytest.fixture
def order(site: HomePage) -> Order:
    order = make_order(status=OrderStatus.PAID, paid_at=timezone.now(), token="t" * 32)
    issue_invoice(order)
    parcel = Shipment.objects.create(order=order, carrier_name="Post", tracking_number="1")
    parcel.lines.create(order_line=order.lines.get(), quantity=1)
    return order


@pytest.fixture
def hostile_shop(order: Order) -> None:
    product = make_product_page("Mug", sku="MUG", picture=True)
    make_collection(picks=[product])
    make_contact_form()
    BrandSettings.load()
    menus = NavigationSettings.load()
    for field in NavigationSettings._meta.local_fields:
        if isinstance(field, StreamField):
            children = field.stream_block.child_blocks.items()
            setattr(
                menus, field.name, [(k, poisoned(one, one.get_default())) for k, one in children]
            )
    menus.save()
    body = [
        (name, poisoned(block, block.get_preview_value()))
        for name, block in StoryStreamBlock().child_blocks.items()
    ]
    story = StoryPage(title="A story", slug="a-story", body=body)
    StoryIndexPage.objects.get().add_child(instance=story)


def public_addresses(order: Order) -> list[str]:
    pages = Page.objects.live().filter(depth__gt=1).specific()
    return [page.url for page in pages] + [
        f"/search/?q={HOSTILE}",
        f"/search/suggest/?q={HOSTILE}",
        f"/shop/?q={HOSTILE}&sort={HOSTILE}&page={HOSTILE}",
        f"/nowhere/{HOSTILE}/",
        "/feeds/stories.xml",
        "/newsletter/",
        "/cart/",
        "/checkout/",
        order.get_absolute_url(),
    ]


def admin_addresses(order: Order) -> list[str]:
    named = (
        "wagtailadmin_home", "orders_order_modeladmin_index", "wagtailimages:index",
        "products_admin:index", "missed_searches", "wagtailadmin_reports:site_history",
    )  # fmt: skip
    product = Product.objects.get(variants__sku="MUG")
    return [
        *(reverse(name) for name in named),
        reverse("orders_order_modeladmin_inspect", args=[order.pk]),
        reverse("wagtailadmin_explore", args=[Page.objects.get(slug="a-story").pk]),
        reverse("products_admin:edit", args=[product.pk]),
    ]


def test_hostile_words_are_words_wherever_they_are_shown(
    hostile_shop: None, order: Order, client: Client, admin_client: Client
) -> None:
    client.post("/cart/add/", {"sku": "MUG", "quantity": "1"}, **SAME_ORIGIN)
    assert poison_models() > 40
    shown = 0
    for visitor, addresses in ((client, public_addresses), (admin_client, admin_addresses)):
        for address in addresses(order):
            response = visitor.get(address, follow=True)
            assert response.status_code in (200, 404), address
            html = response.content.decode()
            assert_harmless(html, address)
            shown += "q7 onq7" in html
    assert shown > 20


def draft_of(address: str, words: str) -> str:
    """What the editor's browser sends: a text with a link, and a picture of somewhere else."""
    return json.dumps(
        {
            "blocks": [
                {
                    "key": "a", "type": "unstyled", "text": words, "depth": 0, "data": {},
                    "inlineStyleRanges": [{"offset": 0, "length": 3, "style": "SCRIPT"}],
                    "entityRanges": [{"key": 0, "offset": 0, "length": 5}],
                },
                {
                    "key": "b", "type": "atomic", "text": " ", "depth": 0, "data": {},
                    "inlineStyleRanges": [],
                    "entityRanges": [{"key": 1, "offset": 0, "length": 1}],
                },
            ],
            "entityMap": {
                "0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": address}},
                "1": {
                    "type": "EMBED", "mutability": "IMMUTABLE",
                    "data": {"url": "http://169.254.169.254/", "html": "<script>1</script>"},
                },
            },
        }
    )  # fmt: skip


def rich_texts(block: Any) -> Iterator[Any]:
    if isinstance(block, blocks.RichTextBlock):
        yield block
    for child in getattr(block, "child_blocks", {}).values():
        yield from rich_texts(child)
    if child := getattr(block, "child_block", None):
        yield from rich_texts(child)


@pytest.mark.parametrize(
    "address",
    [RUNS, "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)",
     "data:text/html,<script>1</script>", "vbscript:1"],
    ids=["plain", "mixed", "tab", "control", "data", "vbscript"],
)  # fmt: skip
def test_no_text_of_an_editor_becomes_a_script(address: str) -> None:
    found = list(rich_texts(StoryStreamBlock()))
    assert len(found) == 4
    for features in {tuple(block.features) for block in found}:
        html = ContentstateConverter(list(features)).to_database_format(draft_of(address, HOSTILE))
        assert_harmless(html, str(features))
        assert not re.search(r"(javascript|vbscript|data):", html, re.IGNORECASE), features
        assert "<script" not in html
        assert "embed" not in html


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (RUNS, ""), ("JavaScript:alert(1)", ""), (" javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""), ("data:text/html,1", ""), ("vbscript:1", ""),
        ("http://[", ""), ("https://example.com/?a=1#b", "https://example.com/?a=1#b"),
        ("/shop/", "/shop/"), ("mailto:a@b.example", "mailto:a@b.example"), ("", ""),
    ],
)  # fmt: skip
def test_no_address_that_runs_is_followed(address: str, shown: str) -> None:
    assert harmless_address(address) == shown
