"""Many orders at once: who may, which of them are left out, and that twice is once."""

import csv
import io
import re
import uuid
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from orders.invoices import issue_invoice
from orders.models import Carrier, Dispute, Order, OrderLine, OutgoingEmail, Shipment
from orders.order_desk import bulk_views
from orders.status import OrderStatus
from products.order_stock import allocate_stock
from shopsite.lib.pdf import PdfError
from tests.factories import make_order, make_product, make_user
from tests.orders.desk import INDEX, page_of
from tests.orders.refunding import stock

pytestmark = pytest.mark.django_db

ACTIONS = ("ship_orders", "print_packing_slips", "print_invoices", "export_orders")


def address(action: str) -> str:
    return reverse(f"orders_order_modeladmin_{action}")


def make_held(number: str, *, quantity: int = 2, **fields: object) -> Order:
    """Paid, with all of it in stock."""
    mug = make_product("Speckled Mug", sku=f"MUG-{number}", on_hand=10)
    values = {"status": OrderStatus.PAID, "number": number}
    order = make_order(variant=mug, quantity=quantity, **(values | fields))
    allocate_stock(quantities={mug.pk: quantity}, reference=order.number)
    return order


def ship(client: Client, *orders: Order, **fields: object) -> HttpResponse:
    data = {
        "order": [order.pk for order in orders], "confirmed": "1", "submission": uuid.uuid4(),
        "tell_shopper": "on", **fields,
    }  # fmt: skip
    return client.post(address("ship_orders"), data, follow=True)


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def statuses() -> dict[str, str]:
    return dict(Order.objects.values_list("number", "status"))


def pdf_of(response: HttpResponse) -> PdfReader:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def text_of(response: HttpResponse) -> str:
    return "\n".join(page.extract_text() for page in pdf_of(response).pages)


# --- Who, and how -----------------------------------------------------------------------------


@pytest.mark.parametrize("action", ACTIONS)
def test_only_a_post_does_something(clerk: Client, action: str) -> None:
    assert clerk.get(address(action), {"export": "csv"}).status_code == 405


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("group", ["Editors", "Editors in chief", "Marketers"])
def test_who_may_not_see_orders_does_nothing_with_them(
    clerk: Client, action: str, group: str
) -> None:
    order = make_held("F1")
    clerk.force_login(make_user("other", group=group))
    for response in (
        clerk.get(address(action)),
        clerk.post(address(action), {"order": order.pk, "confirmed": "1"}),
    ):
        assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    assert Shipment.objects.count() == 0


@pytest.mark.parametrize(
    ("right", "action", "button"),
    [("ship_order", "ship_orders", "Ship …"), ("export_order", "export_orders", "XLSX</button>")],
)
def test_each_action_has_a_right_of_its_own(
    clerk: Client, right: str, action: str, button: str
) -> None:
    order = make_held("F1")
    assert button in clerk.get(reverse(INDEX)).content.decode()
    group = Group.objects.get(name="Shop staff")
    group.permissions.remove(group.permissions.get(codename=right))
    assert button not in clerk.get(reverse(INDEX)).content.decode()
    for name in ACTIONS:
        response = clerk.post(address(name), {"order": order.pk})
        is_refused = response.status_code == 302 and response.url == reverse("wagtailadmin_home")
        assert is_refused == (name == action)


@pytest.mark.parametrize("action", ACTIONS)
def test_a_post_from_elsewhere_is_refused(action: str, clerk: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = clerk.cookies
    assert strict.post(address(action), {"order": "1"}).status_code == 403


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("chosen", [[], ["x"], ["999999"], ["9" * 40], ["-1", "1 or 1=1"]])
def test_without_a_checked_order_it_asks_for_one(
    clerk: Client, action: str, chosen: list[str]
) -> None:
    make_held("F1")
    response = clerk.post(f"{address(action)}?status=paid", {"order": chosen}, follow=True)
    assert response.redirect_chain == [(f"{reverse(INDEX)}?status=paid", 302)]
    assert "Check the orders first" in words(response)


@pytest.mark.parametrize("action", ACTIONS)
def test_too_many_at_once_are_refused(
    clerk: Client, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_views, "MOST", 2)
    orders = [make_held(f"F{number}") for number in range(3)]
    for chosen in ({"all": "1"}, {"order": [order.pk for order in orders]}):
        response = clerk.post(address(action), {**chosen, "confirmed": "1"}, follow=True)
        assert "These are more than 2 orders." in words(response)
    assert Shipment.objects.count() == 0


# --- Ship -------------------------------------------------------------------------------------


def test_first_it_says_which_are_shipped_and_which_are_left_out_and_why(clerk: Client) -> None:
    ready = make_held("F1", city="Ulm")
    disputed, short, shipped = make_held("F2"), make_held("F3"), make_held("F4")
    Dispute.objects.create(
        order=disputed, stripe_id="dp", amount=1, currency="EUR", state="under_review"
    )
    short.lines.update(allocated=1)
    Order.objects.filter(pk=shipped.pk).update(status=OrderStatus.SHIPPED)
    empty = make_held("F5")
    empty.lines.update(allocated=0, canceled=2)
    response = clerk.post(address("ship_orders"), {"all": "1"})
    assert response.status_code == 200
    said = words(response)
    assert "1 order to ship" in said
    assert "F1 Alice Arnold, Ulm: 2 × Speckled Mug" in said
    assert "4 left out" in said
    assert "F2 The shopper&#x27;s bank is deciding" in said
    assert "F3 Not all of it is held in stock." in said
    assert "F4 It is “Shipped”." in said
    assert "F5 Nothing of it is left to ship." in said
    fields = re.findall(
        r'<input type="hidden" name="order" value="(\d+)"', response.content.decode()
    )
    assert fields == [str(ready.pk)]
    assert Shipment.objects.count() == 0


def test_what_is_left_of_an_order_is_listed_without_what_has_gone(clerk: Client) -> None:
    order = make_held("F1", city="Ulm")
    order.lines.update(allocated=0, shipped=2)
    for title in ("Wooden Spoon Trio", "Tea Towel"):
        OrderLine.objects.create(
            order=order, sku=title, title=title, quantity=1,
            unit_price=9, line_total=9, line_tax=1, allocated=1,
        )  # fmt: skip
    said = words(clerk.post(address("ship_orders"), {"all": "1"}))
    assert "F1 Alice Arnold, Ulm: 1 × Wooden Spoon Trio · 1 × Tea Towel" in said


def test_confirmed_each_order_gets_one_parcel_with_the_carrier(clerk: Client) -> None:
    carrier = Carrier.objects.create(name="Rail", tracking_address="https://x.example/{number}")
    orders = [make_held("F1"), make_held("F2", quantity=3)]
    response = ship(clerk, *orders, carrier=carrier.pk)
    assert response.redirect_chain == [(f"{reverse(INDEX)}?", 302)]
    assert "2 orders are shipped." in words(response)
    assert statuses() == {"F1": "shipped", "F2": "shipped"}
    assert stock() == {"MUG-F1": (8, 0), "MUG-F2": (7, 0)}
    parcels = Shipment.objects.values_list("order__number", "carrier_name", "tracking_number")
    assert sorted(parcels) == [("F1", "Rail", ""), ("F2", "Rail", "")]
    assert {one.user for one in Shipment.objects.all()} == {response.wsgi_request.user}
    assert [one.kind for one in OutgoingEmail.objects.all()] == ["order_shipped"] * 2


def test_the_rest_of_a_partly_shipped_order_goes(clerk: Client) -> None:
    order = make_held("F1", quantity=3)
    line = order.lines.get()
    data = {"submission": uuid.uuid4(), f"line_{line.pk}": 1}
    clerk.post(page_of(order, "ship"), data)
    assert statuses() == {"F1": "partly_shipped"}
    ship(clerk, order, tell_shopper="")
    assert statuses() == {"F1": "shipped"}
    assert [one.quantity for one in Shipment.objects.last().lines.all()] == [2]
    assert OutgoingEmail.objects.count() == 0


def test_sent_twice_it_ships_once(clerk: Client) -> None:
    orders = [make_held("F1"), make_held("F2")]
    submission = uuid.uuid4()
    for _click in range(2):
        response = ship(clerk, *orders, submission=submission)
        assert "2 orders are shipped." in words(response)
        assert "Left out" not in words(response)
    assert Shipment.objects.count() == 2
    assert stock() == {"MUG-F1": (8, 0), "MUG-F2": (8, 0)}
    assert OutgoingEmail.objects.count() == 2


def test_another_clerks_parcel_is_not_shipped_again(clerk: Client) -> None:
    orders = [make_held("F1"), make_held("F2")]
    ship(clerk, orders[0])
    response = ship(clerk, *orders)
    assert "1 order is shipped." in words(response)
    assert "Left out: F1: It is “Shipped”." in words(response)
    assert stock() == {"MUG-F1": (8, 0), "MUG-F2": (8, 0)}


def test_one_that_cannot_be_shipped_keeps_none_of_the_others(clerk: Client) -> None:
    orders = [make_held("F1"), make_held("F2"), make_held("F3")]
    record = orders[1].lines.get().variant.stock
    type(record).objects.filter(pk=record.pk).update(on_hand=1, allocated=1)
    response = ship(clerk, *orders)
    assert "2 orders are shipped." in words(response)
    assert "Left out: F2: The shelf does not have all of it. Count it first." in words(response)
    assert statuses() == {"F1": "shipped", "F2": "paid", "F3": "shipped"}
    assert [one.order.number for one in Shipment.objects.order_by("pk")] == ["F3", "F1"]


@pytest.mark.parametrize("fields", [{"carrier": "999"}, {"submission": "x"}])
def test_a_form_that_is_wrong_is_shown_again_and_ships_nothing(
    clerk: Client, fields: dict[str, str]
) -> None:
    response = ship(clerk, make_held("F1"), **fields)
    assert response.redirect_chain == []
    said = words(response)
    assert "not one of the available choices" in said or "did not arrive whole" in said
    assert Shipment.objects.count() == 0


def test_nothing_to_ship_is_said_in_the_list(clerk: Client) -> None:
    order = make_order(number="F1")
    response = clerk.post(address("ship_orders"), {"order": order.pk}, follow=True)
    assert "Left out: F1: It is “Awaiting payment”." in words(response)


def test_all_of_the_list_are_those_of_its_filter(clerk: Client) -> None:
    for number, city in (("F1", "Ulm"), ("F2", "Ulm")):
        make_held(number, city=city)
    make_held("FROM-PARIS", country="FR")
    response = clerk.post(f"{address('ship_orders')}?country=DE", {"all": "1"})
    assert "2 orders to ship" in words(response)
    assert "FROM-PARIS" not in words(response)
    broken = clerk.post(f"{address('ship_orders')}?sum_from=x", {"all": "1"}, follow=True)
    assert "Check the orders first" in words(broken)


# --- Paper ------------------------------------------------------------------------------------


def test_packing_slips_are_one_pdf_with_a_page_each_and_no_price(clerk: Client) -> None:
    first = make_held("F1", quantity=3, name="Zoë Ångström", note="Ring twice.")
    first.lines.update(options_label="Oat, 600 ml", shipped=1, allocated=2)
    make_held("F2", unit_price="1290.00")
    make_order(number="F9")
    response = clerk.post(address("print_packing_slips"), {"all": "1"})
    reader = pdf_of(response)
    assert len(reader.pages) == 2
    second_page, first_page = (page.extract_text() for page in reader.pages)
    for expected in (
        "Packing slip F1", "Zoë Ångström\nGartenweg 3\n10115 Berlin\nGermany", "Ring twice.",
        "MUG-F1 Speckled Mug\nOat, 600 ml\n2", "Pieces in all: 2", "Parcel", "Page 1 of 1",
        "1 piece of this order was sent before.",
    ):  # fmt: skip
        assert expected in first_page
    assert "MUG-F2 Speckled Mug 2" in second_page
    for page in (first_page, second_page):
        assert "€" not in page
        assert "24.00" not in page
        assert "1,290" not in page
        assert "F9" not in page
    root = reader.trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    assert "Left out: F9" in words(clerk.get(reverse(INDEX)))


def test_the_page_of_an_order_has_its_packing_slip(clerk: Client) -> None:
    order = make_held("F1")
    assert page_of(order, "packing_slip") in clerk.get(page_of(order)).content.decode()
    response = clerk.get(page_of(order, "packing_slip"))
    assert response["Content-Disposition"] == 'inline; filename="packing-slip-F1.pdf"'
    assert pdf_of(response).metadata.title == "Packing slip F1"


def test_an_order_with_nothing_to_pack_has_no_slip(clerk: Client) -> None:
    order = make_order(number="F1", status=OrderStatus.SHIPPED)
    assert page_of(order, "packing_slip") not in clerk.get(page_of(order)).content.decode()
    response = clerk.get(page_of(order, "packing_slip"), follow=True)
    assert response.redirect_chain == [(page_of(order), 302)]
    assert "There is nothing to pack. It is “Shipped”." in words(response)


def test_invoices_are_one_pdf_with_pages_of_their_own(clerk: Client) -> None:
    first = make_held("F1")
    second = make_held("F2", country="US")
    for order in (first, second):
        issue_invoice(order)
    make_order(number="F9")
    response = clerk.post(address("print_invoices"), {"all": "1"})
    reader = pdf_of(response)
    assert [round(page.mediabox.height) for page in reader.pages] == [792, 842]
    for page, order in zip(reader.pages, (second, first), strict=True):
        text = page.extract_text()
        assert order.invoice.number in text
        assert order.number in text
        assert "€52.90" in text
        assert "Page 1 of 1" in text
    assert reader.metadata.title == "2 invoices"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert "Left out: F9: It has no invoice." in words(clerk.get(reverse(INDEX)))


@pytest.mark.parametrize("action", ["print_packing_slips", "print_invoices"])
def test_paper_of_orders_without_any_is_said_in_the_list(clerk: Client, action: str) -> None:
    response = clerk.post(address(action), {"order": make_order(number="F9").pk}, follow=True)
    assert response.redirect_chain == [(f"{reverse(INDEX)}?", 302)]
    assert "Left out: F9" in words(response)


@pytest.mark.parametrize(
    ("action", "service"),
    [("print_packing_slips", "packing_slips_pdf"), ("print_invoices", "print_invoices")],
)
def test_paper_that_cannot_be_typeset_is_said(
    clerk: Client, action: str, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(orders: object) -> bytes:
        raise PdfError("no fonts")

    monkeypatch.setattr(bulk_views, service, fail)
    response = clerk.post(address(action), {"order": make_held("F1").pk}, follow=True)
    assert "The PDF cannot be typeset now." in words(response)


# --- Tables -----------------------------------------------------------------------------------


def test_the_checked_orders_alone_are_exported(clerk: Client) -> None:
    for number in ("F1", "F2", "F3"):
        make_order(number=number)
    chosen = list(Order.objects.filter(number__in=("F1", "F3")).values_list("pk", flat=True))
    response = clerk.post(address("export_orders"), {"order": chosen, "format": "csv"})
    rows = csv.DictReader(StringIO(b"".join(response.streaming_content).decode()))
    assert [row["Number"] for row in rows] == ["F3", "F1"]
    response = clerk.post(address("export_orders"), {"order": chosen, "format": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [row[0].value for row in sheet.rows] == ["Number", "F3", "F1"]
    assert str(date.today().year) in response["Content-Disposition"]  # noqa: DTZ011


# --- Many ------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["ship_orders", "print_packing_slips", "print_invoices"])
def test_fifty_orders_need_no_more_queries_than_five(clerk: Client, action: str) -> None:
    mug = make_product("Speckled Mug", sku="MUG-1", on_hand=100)
    counts = []
    for wanted in (5, 50):
        for _ in range(wanted - Order.objects.count()):
            issue_invoice(make_order(variant=mug, status=OrderStatus.PAID))
        clerk.post(address(action), {"all": "1"})
        with CaptureQueriesContext(connection) as queries:
            assert clerk.post(address(action), {"all": "1"}).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_list_with_all_its_filters_needs_no_more_queries_for_fifty(clerk: Client) -> None:
    query = {
        "q": "alice", "status": "paid", "placed": "today", "product": "mug", "country": "DE",
        "sum_from": "1", "placed_from": "2026-01-01",
    }  # fmt: skip
    counts = []
    for wanted in (5, 50):
        for _ in range(wanted - Order.objects.count()):
            make_order(status=OrderStatus.PAID)
        clerk.get(reverse(INDEX), query)
        with CaptureQueriesContext(connection) as queries:
            html = clerk.get(reverse(INDEX), query).content.decode()
        assert html.count('name="order"') == wanted
        counts.append(len(queries))
    assert counts[0] == counts[1]
