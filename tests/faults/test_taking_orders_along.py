"""Who takes all orders along leaves a line behind (fault G24)."""

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from home.granting import create_roles
from home.models import HomePage
from home.roles import EDITORS, SHOP_STAFF
from tests.export_history import export_history
from tests.factories import make_order, make_user

LIST = "/admin/orders/order/"


@pytest.fixture
def clerk(site: HomePage, client: Client) -> Client:
    create_roles()
    client.force_login(make_user("clerk", group=SHOP_STAFF))
    for number in range(3):
        make_order(number=f"F{number}", name="Ada Quillfeather")
    return client


def test_an_export_is_sent_line_by_line_and_noted(clerk: Client) -> None:
    answer = clerk.get(f"{LIST}?export=csv&q=Quillfeather")
    assert isinstance(answer, StreamingHttpResponse)
    lines = b"".join(answer).decode().splitlines()
    assert len(lines) == 4
    noted = [("clerk", "3 orders were taken along as CSV.", {"count": 3, "format": "csv"})]
    assert export_history("orders.export") == noted, "Nor what was searched for."
    b"".join(clerk.get(f"{LIST}?export=xlsx"))
    _first, (_who, words, _data) = export_history("orders.export")
    assert words == "3 orders were taken along as XLSX."


def test_looking_at_the_list_is_not_noted_and_others_take_nothing(clerk: Client) -> None:
    clerk.get(LIST)
    editor = Client()
    editor.force_login(make_user("editor", group=EDITORS))
    assert editor.get(f"{LIST}?export=csv").status_code == 302
    assert export_history("orders.export") == []
