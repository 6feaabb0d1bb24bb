"""The report of what stands on the shelf and what it would be sold for."""

import csv
from io import BytesIO, StringIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from home.granting import create_roles
from home.roles import EDITORS, MARKETERS, SHOP_STAFF
from products.models import Product
from tests.factories import make_product, make_user, make_variant

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/stock-value/"


@pytest.fixture
def people() -> dict[str, User]:
    create_roles()
    return {group: make_user(group, group=group) for group in (EDITORS, MARKETERS, SHOP_STAFF)}


@pytest.fixture
def clerk(people: dict[str, User], client: Client) -> Client:
    client.force_login(people[SHOP_STAFF])
    return client


def rows(client: Client) -> list[list[str]]:
    page = BeautifulSoup(client.get(REPORT).content, "html.parser")
    return [
        [" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])]
        for row in page.select(".figures__table tr")
    ]


def make_shelf() -> None:
    mug = Product.objects.create(name="Mug", option1_name="Color")
    make_variant(mug, sku="MUG-OAT", price="24.00", on_hand=3, options=("Oat",))
    make_variant(mug, sku="MUG-FERN", price="26.50", on_hand=2, options=("Fern",))
    make_product("Bowl", sku="BOWL", price="1250.00", on_hand=4)
    make_product("Tea", sku="TEA", on_hand=0)


def test_pieces_and_prices_come_to_a_value(clerk: Client) -> None:
    make_shelf()
    assert rows(clerk) == [
        ["Product", "Options", "SKU", "On hand", "Price", "Value"],
        ["Bowl", "", "BOWL", "4", "€1,250.00", "€5,000.00"],
        ["Mug", "Oat", "MUG-OAT", "3", "€24.00", "€72.00"],
        ["Mug", "Fern", "MUG-FERN", "2", "€26.50", "€53.00"],
        ["Total", "", "", "9", "", "€5,125.00"],
    ]


def test_the_page_says_that_it_knows_no_purchase_prices(clerk: Client) -> None:
    make_shelf()
    assert "What the shop paid for it is not kept here" in clerk.get(REPORT).content.decode()


def test_an_empty_shelf_says_so(clerk: Client) -> None:
    assert "Nothing is on hand." in clerk.get(REPORT).content.decode()


def test_a_line_leads_to_the_stock_for_who_keeps_it(
    people: dict[str, User], client: Client
) -> None:
    make_shelf()
    links = {}
    for group in (EDITORS, SHOP_STAFF):
        client.force_login(people[group])
        links[group] = "/admin/stock/edit/" in client.get(REPORT).content.decode()
    assert links == {EDITORS: False, SHOP_STAFF: True}


def test_it_is_for_who_may_see_the_stock(people: dict[str, User], client: Client) -> None:
    answers = {}
    for group, person in people.items():
        client.force_login(person)
        answers[group] = (
            client.get(REPORT).status_code, client.get(f"{REPORT}?export=csv").status_code,
        )  # fmt: skip
    assert answers == {EDITORS: (200, 200), MARKETERS: (302, 302), SHOP_STAFF: (200, 200)}


def test_it_is_taken_along_with_plain_numbers_and_without_formulas(clerk: Client) -> None:
    make_shelf()
    Product.objects.filter(name="Bowl").update(name="=1+1")
    answer = clerk.get(f"{REPORT}?export=csv")
    lines = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode())))
    assert lines[1] == ["'=1+1", "", "BOWL", "EUR", "4", "1250.00", "5000.00"]
    answer = clerk.get(f"{REPORT}?export=xlsx")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert [cell.value for cell in sheet[2]] == ["'=1+1", None, "BOWL", "EUR", 4, 1250, 5000]
    assert [cell.data_type for cell in sheet[2]][4:] == ["n", "n", "n"]


def test_more_variants_take_no_more_queries(clerk: Client) -> None:
    make_shelf()
    counts = []
    for more in (0, 150):
        for number in range(more):
            make_product(f"Cup {number}", on_hand=1)
        clerk.get(REPORT)
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(REPORT).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert len(rows(clerk)) == 1 + 100 + 1
    assert rows(clerk)[-1][3] == "159"
