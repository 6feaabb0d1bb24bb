"""Who takes all orders along leaves a line behind (fault G24)."""

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from wagtail.models import ModelLogEntry

from home.models import HomePage
from home.roles import EDITORS, SHOP_STAFF, create_roles
from tests.factories import make_order, make_user

LIST = "/admin/orders/order/"


@pytest.fixture
def clerk(site: HomePage, client: Client) -> Client:
    create_roles()
    client.force_login(make_user("clerk", group=SHOP_STAFF))
    for number in range(3):
        make_order(number=f"F{number}", name="Ada Quillfeather")
    return client


def history() -> list[tuple[str, str, dict[str, object]]]:
    rows = ModelLogEntry.objects.filter(action="orders.export").order_by("pk")
    return [(str(row.user), row.message, row.data) for row in rows]


def test_an_export_is_sent_line_by_line_and_noted(clerk: Client) -> None:
    answer = clerk.get(f"{LIST}?export=csv&q=Quillfeather")
    assert isinstance(answer, StreamingHttpResponse)
    lines = b"".join(answer).decode().splitlines()
    assert len(lines) == 4
    noted = [("clerk", "3 orders were taken along as CSV.", {"count": 3, "format": "csv"})]
    assert history() == noted, "Nor what was searched for."
    b"".join(clerk.get(f"{LIST}?export=xlsx"))
    assert [row[1] for row in history()][1:] == ["3 orders were taken along as XLSX."]


def test_looking_at_the_list_is_not_noted_and_others_take_nothing(clerk: Client) -> None:
    clerk.get(LIST)
    editor = Client()
    editor.force_login(make_user("editor", group=EDITORS))
    assert editor.get(f"{LIST}?export=csv").status_code == 302
    assert history() == []
