"""What leaves the order desk in files, and that nobody edits there."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from orders.models import Order
from orders.status import OrderStatus
from tests.factories import make_order, make_user
from tests.orders.desk import FORMULA, INDEX, desk, listed, page_of, place

# --- Exports ----------------------------------------------------------------------------------


def csv_rows(client: Client, **query: str) -> list[dict[str, str]]:
    response = client.get(reverse(INDEX), {**query, "export": "csv"})
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(StringIO(text)))


def test_csv_holds_the_filtered_orders_in_their_order(clerk: Client) -> None:
    place("F1", datetime(2026, 5, 1, tzinfo=UTC), status=OrderStatus.PAID, name=FORMULA)
    place("F2", datetime(2026, 5, 2, tzinfo=UTC), name="Bob")
    place("F3", datetime(2026, 5, 3, tzinfo=UTC), status=OrderStatus.PAID, name="Zoë")
    rows = csv_rows(clerk, status="paid")
    assert [(row["Number"], row["Customer"], row["Total"]) for row in rows] == [
        ("F3", "Zoë", "28.90"),
        ("F1", f"'{FORMULA}", "28.90"),
    ]
    assert [row["Number"] for row in csv_rows(clerk, q="bob")] == ["F2"]
    assert csv_rows(clerk, placed="never") == []


def test_csv_is_a_file_named_after_the_day(clerk: Client) -> None:
    response = clerk.get(reverse(INDEX), {"export": "csv"})
    expected = f'attachment; filename="orders-{timezone.localdate()}.csv"'
    assert response["Content-Disposition"] == expected
    assert response["Content-Type"].startswith("text/csv")


def test_xlsx_holds_numbers_and_no_formula(clerk: Client) -> None:
    make_order(number="F1", name=FORMULA)
    response = clerk.get(reverse(INDEX), {"export": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    row = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert (row["Customer"].value, row["Customer"].data_type) == (f"'{FORMULA}", "s")
    assert (row["Total"].value, row["Total"].data_type) == (28.9, "n")


def test_exports_need_a_permission_of_their_own(db: None, client: Client) -> None:
    viewer = make_user("viewer")
    for codename in ("access_admin", "view_order"):
        viewer.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(viewer)
    make_order(number="F1")
    html = desk(client)
    assert listed(html) == ["F1"]
    assert "Download CSV" not in html
    for file_format in ("csv", "xlsx"):
        response = client.get(reverse(INDEX), {"export": file_format})
        assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))


def test_staff_finds_the_export_buttons(clerk: Client) -> None:
    make_order()
    html = desk(clerk, status="paid")
    assert 'href="/admin/orders/order/?status=paid&amp;export=csv"' in html
    assert 'href="/admin/orders/order/?status=paid&amp;export=xlsx"' in html


# --- Nobody edits -----------------------------------------------------------------------------


def frozen(order: Order) -> list[dict[str, object]]:
    return [*Order.objects.filter(pk=order.pk).values(), *order.lines.values()]


@pytest.mark.parametrize("action", ["create", "edit", "delete"])
def test_not_even_a_superuser_edits_an_order(db: None, client: Client, action: str) -> None:
    client.force_login(make_user("root", is_superuser=True))
    order = make_order()
    before = frozen(order)
    arguments = [] if action == "create" else [order.pk]
    address = reverse(f"orders_order_modeladmin_{action}", args=arguments)
    for response in (client.get(address), client.post(address, {"total": "1", "name": "Eve"})):
        assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    assert frozen(order) == before
    assert Order.objects.count() == 1


def test_no_link_to_edit_or_delete_is_shown(db: None, client: Client) -> None:
    client.force_login(make_user("root", is_superuser=True))
    order = make_order()
    html = desk(client) + client.get(page_of(order)).content.decode()
    assert page_of(order) in html
    for action in ("edit", "delete"):
        assert page_of(order, action) not in html
    assert reverse("orders_order_modeladmin_create") not in html


@pytest.mark.parametrize("action", ["index", "inspect", "invoice"])
def test_the_desk_changes_nothing_when_something_is_posted_to_it(
    clerk: Client, action: str
) -> None:
    order = make_order()
    before = frozen(order)
    address = reverse(INDEX) if action == "index" else page_of(order, action)
    assert clerk.post(address, {"status": "paid"}).status_code == 405
    assert frozen(order) == before


def test_groups_are_offered_only_what_can_be_done(db: None, client: Client) -> None:
    client.force_login(make_user("root", is_superuser=True))
    html = client.get(reverse("wagtailusers_groups:add")).content.decode()
    for codename, is_offered in (
        ("view_order", True), ("export_order", True), ("change_order", False),
        ("add_order", False), ("delete_order", False),
    ):  # fmt: skip
        pk = Permission.objects.get(codename=codename).pk
        assert (f'value="{pk}"' in html) == is_offered
