"""The list of all products in the admin."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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
