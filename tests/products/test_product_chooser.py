"""The chooser of products shows what they sell, and finds by name, SKU, type and collection."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.models import HomePage
from products.blocks import ProductChooserBlock
from products.models import ProductPage, ProductType
from tests.factories import make_collection, make_product_page, make_user, make_variant

pytestmark = pytest.mark.usefixtures("indexes")


@pytest.fixture
def editor(client: Client, site: HomePage) -> Client:
    client.force_login(make_user("erin", is_superuser=True))
    return client


def results(client: Client, **filters: Any) -> str:
    response = client.get(reverse("product_chooser:choose_results"), filters)
    assert response.status_code == 200
    html: str = response.content.decode()
    return html


def shown(client: Client, *names: str, **filters: Any) -> list[str]:
    html = results(client, **filters)
    return [name for name in names if name in html]


def test_the_dialog_shows_picture_price_stock_and_status(editor: Client) -> None:
    page = make_product_page("Mug", sku="MUG-OAT", price="24.00", on_hand=3, picture=True)
    make_variant(page.product, sku="MUG-BIG", price="29.00", options=("Big",))
    make_product_page("Bowl", sku="BOWL", on_hand=0, live=False)
    response = editor.get(reverse("product_chooser:choose"))
    html = json.loads(response.content)["html"]
    for text in (
        "<img",
        "MUG-OAT, MUG-BIG",
        "From €24.00",
        "In stock",
        "Live",
        "Sold out",
        "Draft",
    ):
        assert text in html
    assert reverse("product_chooser:chosen", args=[page.pk]) in html


def test_it_finds_by_name_and_by_sku(editor: Client) -> None:
    make_product_page("Speckled Mug", sku="FK-101")
    make_product_page("Moss Bowl", sku="FK-202")
    names = ("Speckled Mug", "Moss Bowl")
    assert shown(editor, *names) == ["Speckled Mug", "Moss Bowl"]
    assert shown(editor, *names, q="mug speck") == ["Speckled Mug"]
    assert shown(editor, *names, q="fk-2") == ["Moss Bowl"]
    assert shown(editor, *names, q="FK-999") == []


def test_it_filters_by_type_and_by_collection(editor: Client) -> None:
    mug, bowl = make_product_page("Speckled Mug"), make_product_page("Moss Bowl")
    kind = ProductType.objects.create(name="Mug", code="mug")
    mug.product.product_type = kind
    mug.product.save()
    collection = make_collection("Green things", picks=[bowl])
    call_command("refresh_listing")
    names = ("Speckled Mug", "Moss Bowl")
    assert shown(editor, *names, product_type=kind.pk) == ["Speckled Mug"]
    assert shown(editor, *names, collection=collection.pk) == ["Moss Bowl"]
    assert shown(editor, *names, collection=collection.pk, product_type=kind.pk) == []


def test_what_is_chosen_is_the_page(editor: Client) -> None:
    page = make_product_page("Mug", live=False)
    response = editor.get(reverse("product_chooser:chosen", args=[page.pk]))
    chosen = json.loads(response.content)["result"]
    assert chosen["id"] == str(page.pk)
    assert chosen["title"] == "Mug (not live)"
    assert chosen["edit_url"] == reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_a_block_stores_the_id_of_the_page_as_before(editor: Client) -> None:
    page = make_product_page("Mug")
    block = ProductChooserBlock()
    assert block.get_prep_value(page) == page.pk
    assert block.to_python(page.pk) == page
    assert block.value_from_form(str(page.pk)) == page
    assert block.get_form_state(page)["id"] == page.pk
    assert block.deconstruct()[0] == "products.blocks.ProductChooserBlock"


def test_a_full_page_of_results_costs_as_many_queries_as_two(editor: Client) -> None:
    def count() -> int:
        results(editor)  # Makes the renditions.
        with CaptureQueriesContext(connection) as queries:
            results(editor)
        return len(queries)

    for number in range(2):
        make_product_page(f"Mug {number}", picture=True)
    few = count()
    for number in range(2, 14):
        make_product_page(f"Mug {number}", picture=True)
    assert ProductPage.objects.count() == 14
    assert count() == few


def test_strangers_are_asked_to_log_in(client: Client, site: HomePage) -> None:
    response = client.get(reverse("product_chooser:choose"))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")
