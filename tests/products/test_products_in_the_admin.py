"""The list of all products in the admin."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.granting import create_roles
from home.roles import EDITORS, SHOP_STAFF
from products.admin.stock_columns import on_hand_change
from products.models import StockMovement
from tests.factories import make_product, make_product_page, make_user

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def admin(client: Client, settings, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = str(tmp_path)
    client.force_login(make_user("root", is_superuser=True))
    return client


def test_a_product_is_listed_with_the_first_picture_of_its_page(admin: Client) -> None:
    make_product_page("Mug", picture=True)
    make_product("Jug")
    html = admin.get("/admin/products/").content.decode()
    rows = re.findall(r"<tr.*?</tr>", html.partition("<tbody>")[2], re.DOTALL)
    [without, with_one] = [re.findall(r"<img[^>]*fill-96x64", row) for row in rows]
    assert (len(without), len(with_one)) == (0, 1)


def test_pictures_of_the_list_cost_the_same_for_one_product_and_for_five(admin: Client) -> None:
    def queries() -> int:
        admin.get("/admin/products/")  # Makes the thumbnails.
        with CaptureQueriesContext(connection) as asked:
            admin.get("/admin/products/")
        return len(asked)

    make_product_page("Mug 0", picture=True)
    few = queries()
    for number in range(1, 5):
        make_product_page(f"Mug {number}", picture=True)
    assert queries() == few


def row_link(client: Client) -> str | None:
    html = client.get("/admin/products/").content.decode().partition("<tbody>")[2]
    found = re.search(r'<td class="title[^"]*">.*?(?:<a href="([^"]*)"|</td>)', html, re.DOTALL)
    assert found is not None
    return found[1]


def test_a_name_leads_to_what_the_person_may_change(admin: Client) -> None:
    create_roles()
    page = make_product_page("Mug")
    assert row_link(admin) == f"/admin/products/edit/{page.product_id}/"
    clerk, editor = Client(), Client()
    clerk.force_login(make_user("clerk", group=SHOP_STAFF))
    assert row_link(clerk) == f"/admin/products/edit/{page.product_id}/"
    editor.force_login(make_user("editor", group=EDITORS))
    assert row_link(editor) == f"/admin/pages/{page.pk}/edit/"
    assert editor.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_the_log_says_that_a_shelf_began_empty(admin: Client) -> None:
    assert on_hand_change(StockMovement(on_hand_change=0, allocated_change=0)) == "0"
    assert on_hand_change(StockMovement(on_hand_change=0, allocated_change=2)) == ""
    assert on_hand_change(StockMovement(on_hand_change=-3, allocated_change=-3)) == "-3"


def test_lists_of_variants_and_stock_tell_the_states_apart(admin: Client) -> None:
    make_product_page("Mug", sku="MUG", on_hand=40)
    make_product_page("Cup", sku="CUP", on_hand=2)
    make_product_page("Pot", sku="POT", on_hand=0)
    for address in ("/admin/variants/", "/admin/stock/"):
        html = admin.get(address).content.decode()
        assert sorted(re.findall(r"shelf-state--(\w+)", html)) == [
            "in_stock",
            "low_stock",
            "sold_out",
        ]
