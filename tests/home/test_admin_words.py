"""What a person reads in the admin is words: no names of fields, blocks or tables, and every icon
that is asked for exists."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from wagtail.admin.icons import get_icons
from wagtail.fields import StreamField

from shopsite.cms.stored_streams import blocks_within
from shopsite.cms.wagtail_hooks import ICONS
from tests.home.test_help_texts import edit_handlers, panels_below
from tests.home.test_roles_walk import NOT_WALKED, SUPERUSER, admin_addresses, order  # noqa: F401

# Not what Stripe calls its things, which people look up by it, nor the name of a file.
RAW_NAME = re.compile(
    r"(?<![\w./&?=#@“-])(?!(?:cs|pi|re|evt|du)_)[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w=-]|\.[a-z0-9]{3,4}\b)"
)
RAW_WORDS = re.compile(r"\b(?:page_ptr|StructBlock|StreamBlock|ChoiceBlock|Decimal\(|None None)\b")
# What a browser does not show, or what somebody typed.
NOT_READ = ("script", "style", "template", "textarea", "option", "code", "kbd")
WAGTAILS_OWN = ("/admin/styleguide/", "/admin/sprite/")


class VisibleText(HTMLParser):
    """Collects what is between the tags, without what no person reads."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.depth += tag in NOT_READ

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in NOT_READ and self.depth > 0

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.parts.append(data)


def raw_names(html: str) -> set[str]:
    parser = VisibleText()
    parser.feed(html)
    text = " ".join(parser.parts)
    return {*RAW_NAME.findall(text), *RAW_WORDS.findall(text)}


def html_of(response: HttpResponseBase) -> str:
    is_page = response.status_code == 200 and not response.streaming
    is_html = response.get("Content-Type", "").startswith("text/html")
    return response.content.decode() if is_page and is_html else ""


def test_a_raw_name_is_found_and_an_address_is_none() -> None:
    html = "<p>page_ptr and <b>your option1_name</b></p><script>var a_b</script>"
    assert raw_names(html) == {"page_ptr", "option1_name"}
    assert raw_names('<p data-x="a_b">/admin/a_b/ utm_source=poster</p>') == set()
    assert raw_names("<dd>mug_67si69u.png</dd>") == set()


@pytest.mark.usefixtures("order")
def test_every_page_of_the_admin_opens_and_shows_the_name_of_no_field(client: Client) -> None:
    client.force_login(get_user_model().objects.get(username=SUPERUSER))
    client.raise_request_exception = False
    found, failing, walked = {}, [], 0
    for address in admin_addresses():
        if address in NOT_WALKED or address.startswith(WAGTAILS_OWN):
            continue
        response = client.get(address)
        if response.status_code >= 500:
            failing.append(address)
        html = html_of(response)
        walked += bool(html)
        names = raw_names(html)
        if names:
            found[address] = names
    assert failing == []
    assert found == {}
    assert walked > 100


@pytest.mark.django_db
def test_every_icon_of_blocks_and_forms_exists() -> None:
    known = set(re.findall(r'id="icon-([\w-]+)"', get_icons()))
    asked = set()
    for model, handler in edit_handlers():
        asked |= {panel.icon for panel in panels_below(handler) if getattr(panel, "icon", "")}
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                asked |= {block.meta.icon for block in blocks_within(field.stream_block)}
    assert asked - known == set()
    assert {f"shop-{name}" for name in ICONS} <= known


@pytest.mark.django_db
def test_every_icon_that_a_template_of_the_admin_names_exists() -> None:
    known = set(re.findall(r'id="icon-([\w-]+)"', get_icons()))
    asked = {
        name
        for file in (settings.BASE_DIR / "templates").glob("*/admin/**/*.html")
        for name in re.findall(r'(?:{% icon name|[" ]icon)="([\w-]+)"', file.read_text())
    }
    assert {"shop-truck", "rotate", "user"} <= asked
    assert asked - known == set()


def test_every_icon_of_ours_is_one_shape_in_the_color_of_its_text() -> None:
    for name in ICONS:
        svg = render_to_string(f"cms/icons/shop-{name}.svg")
        assert f'id="icon-shop-{name}"' in svg
        assert 'viewBox="0 0 16 16"' in svg
        assert svg.count("<path") == 1
        assert 'fill="' not in svg


@pytest.mark.usefixtures("order")
def test_every_icon_of_the_menus_exists(client: Client) -> None:
    client.force_login(get_user_model().objects.get(username=SUPERUSER))
    known = set(re.findall(r'id="icon-([\w-]+)"', get_icons()))
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    asked = {*re.findall(r"#icon-([\w-]+)", html), *re.findall(r'"icon_name": "([\w-]+)"', html)}
    assert "shop-parcel" in asked
    assert asked - known == set()
