"""The order desk as the staff uses it; also what shows first when wagtail-modeladmin breaks."""

import csv
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from home.roles import create_roles
from orders.invoices import issue_invoice
from orders.models import (
    Dispute,
    Order,
    OrderEvent,
    OrderLine,
    OutgoingEmail,
    Payment,
    PaymentAttempt,
    Refund,
)
from orders.order_desk import views
from orders.order_desk.filters import days_of_period
from orders.status import AttemptState, OrderStatus
from shopsite.lib.pdf import PdfError
from tests.factories import make_order, make_user

FORMULA = '=HYPERLINK("http://evil.example","Click")'
INDEX = "orders_order_modeladmin_index"


@pytest.fixture
def clerk(db: None, client: Client) -> Client:
    """A browser of somebody from the shop's staff."""
    create_roles()
    client.force_login(make_user("clerk", group="Shop staff"))
    return client


def desk(client: Client, **query: str) -> str:
    response = client.get(reverse(INDEX), query)
    assert response.status_code == 200
    return response.content.decode()


def page_of(order: Order, action: str = "inspect") -> str:
    return reverse(f"orders_order_modeladmin_{action}", args=[order.pk])


def listed(html: str) -> list[str]:
    """The numbers of the orders in the list, from top to bottom."""
    return re.findall(r'<td class="field-number[^>]*>.*?>(\w+)</a>', html)


def place(number: str, moment: datetime, **fields: object) -> Order:
    order = make_order(number=number, **fields)
    Order.objects.filter(pk=order.pk).update(created_at=moment)
    return order


def pay(order: Order, **fields: object) -> Payment:
    values = {"payment_intent": f"pi_{order.number}", "amount": order.total, "currency": "EUR"}
    return Payment.objects.create(order=order, **(values | fields))


# --- The list ---------------------------------------------------------------------------------


def test_a_row_says_who_ordered_when_for_how_much_and_where_it_stands(clerk: Client) -> None:
    place(
        "F1", datetime(2026, 5, 4, 12, 28, tzinfo=UTC), status=OrderStatus.REVIEW,
        name="Zoë <Ångström>", email="zoe@example.com", unit_price="1290.00", shipping="0",
    )  # fmt: skip
    html = desk(clerk)
    assert "4 May 2026, 12:28" in html
    assert "Zoë &lt;Ångström&gt;" in html
    assert "zoe@example.com" in html
    assert '<span class="order-status order-status--review">Needs review</span>' in html
    assert "€1,290.00" in html


def test_the_newest_order_comes_first(clerk: Client) -> None:
    for number, day in (("OLD", 1), ("NEW", 3), ("MIDDLE", 2)):
        place(number, datetime(2026, 5, day, tzinfo=UTC))
    assert listed(desk(clerk)) == ["NEW", "MIDDLE", "OLD"]


def test_a_heading_sorts_by_its_column(clerk: Client) -> None:
    for number, price in (("A", "20"), ("B", "300"), ("C", "9")):
        make_order(number=number, unit_price=price)
    assert listed(desk(clerk, o="-4")) == ["B", "A", "C"]


@pytest.mark.parametrize(
    ("is_live", "address"),
    [
        (True, "https://dashboard.stripe.com/payments/pi_F1"),
        (False, "https://dashboard.stripe.com/test/payments/pi_F1"),
    ],
)
def test_a_payment_links_to_the_right_dashboard(
    clerk: Client, is_live: bool, address: str, settings
) -> None:
    settings.STRIPE_API_BASE = ""
    order = make_order(number="F1")
    pay(order, is_live=is_live)
    link = (
        f'<a href="{address}" target="_blank" rel="noopener noreferrer" '
        f'title="pi_F1">Stripe</a>{"" if is_live else " (test)"}'
    )
    assert link in desk(clerk)
    assert link.replace(">Stripe<", ">pi_F1<") in clerk.get(page_of(order)).content.decode()


def test_a_payment_at_a_stand_in_links_to_what_that_shows(clerk: Client, settings) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:12111"
    pay(make_order(number="F1"), is_live=False)
    assert '<a href="http://127.0.0.1:12111/" target="_blank"' in desk(clerk)


def test_an_order_to_look_into_says_what_can_be_done(clerk: Client) -> None:
    words = "Refund the money at Stripe, or agree with the customer"
    review = make_order(number="F1", status=OrderStatus.REVIEW)
    assert words in clerk.get(page_of(review)).content.decode()
    paid = make_order(number="F2", status=OrderStatus.PAID)
    assert words not in clerk.get(page_of(paid)).content.decode()


def test_a_payment_says_how_money_goes_back(clerk: Client) -> None:
    order = make_order(number="F1")
    assert "To give money back" not in clerk.get(page_of(order)).content.decode()
    pay(order, is_live=True)
    assert (
        "To give money back, open the payment at Stripe"
        in clerk.get(page_of(order)).content.decode()
    )


def test_a_payment_of_the_demonstration_leads_nowhere_and_says_why(clerk: Client) -> None:
    order = make_order(number="F1")
    pay(order, is_live=False)
    order.payments.update(payment_intent="pi_demo_abc")
    assert "Stripe</a>" not in desk(clerk)
    assert "Demonstration" in desk(clerk)
    html = clerk.get(page_of(order)).content.decode()
    assert "there is nothing to refund" in html
    assert "To give money back" not in html
    assert "pi_demo_abc" not in html


def test_a_second_payment_is_called_so(clerk: Client) -> None:
    pay(make_order(number="F1"), is_live=True, is_duplicate=True)
    assert "Stripe</a> (paid twice)" in desk(clerk)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("f20", ["F20"]),
        ("ZOË".lower(), ["F20"]),
        ("bob@example", ["F10"]),
        ("bowl-7", ["F10"]),
        ("bob bowl", ["F10"]),
        ("zoë bowl", []),
        ("example", ["F20", "F10"]),
        ("%", []),
        ("a\x00b", []),
        ("bowl " * 60, ["F10"]),
        ("🪴", []),
    ],
)
def test_search_finds_number_name_email_and_sku(
    clerk: Client, words: str, found: list[str]
) -> None:
    bob = place("F10", datetime(2026, 5, 1, tzinfo=UTC), name="Bob Brown", email="bob@example.com")
    for sku in ("BOWL-7", "BOWL-8"):
        OrderLine.objects.create(
            order=bob, sku=sku, title="Bowl", quantity=1, unit_price=Decimal(1),
            line_total=Decimal(1), line_tax=Decimal(0),
        )  # fmt: skip
    place("F20", datetime(2026, 5, 2, tzinfo=UTC), name="zoë", email="z@example.com")
    html = desk(clerk, q=words)
    assert listed(html) == found
    assert ("No order matches." in html) == (not found)


@pytest.mark.parametrize("status", OrderStatus)
def test_each_status_can_be_filtered(clerk: Client, status: OrderStatus) -> None:
    for one in OrderStatus:
        make_order(number=one.name.replace("_", ""), status=one)
    assert listed(desk(clerk, status=status)) == [status.name.replace("_", "")]


def test_each_period_can_be_filtered(clerk: Client) -> None:
    now = timezone.now()
    year = place("YEARS", now - timedelta(days=366 * 2))
    make_order(number="TODAY")
    for period in ("today", "7-days", "month", "year"):
        assert listed(desk(clerk, placed=period)) == ["TODAY"]
    Order.objects.filter(pk=year.pk).update(created_at=now - timedelta(days=1))
    assert listed(desk(clerk, placed="yesterday")) == ["YEARS"]
    end_of_last_month = timezone.localtime(now).replace(day=1) - timedelta(days=1)
    Order.objects.filter(pk=year.pk).update(created_at=end_of_last_month)
    assert listed(desk(clerk, placed="last-month")) == ["YEARS"]


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("today", (date(2024, 3, 1), date(2024, 3, 1))),
        ("yesterday", (date(2024, 2, 29), date(2024, 2, 29))),
        ("7-days", (date(2024, 2, 24), date(2024, 3, 1))),
        ("month", (date(2024, 3, 1), date(2024, 3, 1))),
        ("last-month", (date(2024, 2, 1), date(2024, 2, 29))),
        ("year", (date(2024, 1, 1), date(2024, 3, 1))),
        ("decade", None),
    ],
)
def test_periods_are_days_of_the_calendar(name: str, days: tuple[date, date] | None) -> None:
    assert days_of_period(name, today=date(2024, 3, 1)) == days


def test_filters_and_search_work_together(clerk: Client) -> None:
    make_order(number="A1", status=OrderStatus.PAID)
    make_order(number="A2")
    make_order(number="B1", status=OrderStatus.PAID)
    html = desk(clerk, status="paid", placed="today", q="a")
    # Every name has an "a", so that only the status narrows.
    assert set(listed(html)) == {"A1", "B1"}
    assert listed(desk(clerk, status="paid", q="a1")) == ["A1"]
    assert '<input type="hidden" name="status" value="paid">' in html


@pytest.mark.parametrize("query", [{"status": "lost"}, {"placed": "1999"}])
def test_a_filter_that_nobody_offered_finds_nothing(clerk: Client, query: dict[str, str]) -> None:
    make_order()
    assert listed(desk(clerk, **query)) == []


@pytest.mark.parametrize(
    "query",
    [
        {"nonsense": "1"},
        {"total__gte": "abc"},
        {"token__startswith": "zzz"},
        {"events__user__password__startswith": "zzz"},
        {"p": "abc"},
        {"p": "9999"},
        {"p": "-1"},
        {"o": "99.x.-7"},
        {"e": "1"},
        {"export": "pdf"},
    ],
)
def test_other_parameters_of_the_address_change_nothing(
    clerk: Client, query: dict[str, str]
) -> None:
    make_order(number="F1")
    assert listed(desk(clerk, **query)) == ["F1"]


def test_the_list_has_fifty_orders_a_page(clerk: Client) -> None:
    for number in range(51):
        make_order(number=f"F{number:02}")
    html = desk(clerk)
    assert listed(html) == [f"F{number:02}" for number in range(50, 0, -1)]
    assert "Page 1 of 2" in html
    assert listed(desk(clerk, p="2")) == ["F00"]


def test_a_longer_list_needs_no_more_queries(clerk: Client) -> None:
    counts = []
    for wanted in (3, 30):
        for _ in range(wanted - Order.objects.count()):
            pay(make_order())
        desk(clerk)  # Warms what Wagtail and Django keep between requests.
        with CaptureQueriesContext(connection) as queries:
            assert len(listed(desk(clerk))) == wanted
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 20


def test_the_empty_desk_says_so(clerk: Client) -> None:
    assert "There are no orders yet." in desk(clerk)


# --- One order --------------------------------------------------------------------------------


def make_eventful_order() -> Order:
    order = make_order(
        number="F77", status=OrderStatus.PAID, quantity=2, name="Zoë Ångström",
        email="zoe@example.com", phone="+49 30 1234", address_line2="Hinterhaus",
        note="Ring twice.\nThen wait.", paid_at=datetime(2026, 5, 4, 12, 30, tzinfo=UTC),
    )  # fmt: skip
    order.lines.update(options_label="Green / Large", allocated=1)
    pay(order, is_live=True)
    moment = datetime(2026, 5, 4, 12, 45, tzinfo=UTC)
    PaymentAttempt.objects.create(
        order=order, number=1, idempotency_key="key-1", request={"secret": "request"},
        state=AttemptState.COMPLETE, session_id="cs_live_1", expires_at=moment,
        returned_at=moment,
    )  # fmt: skip
    Refund.objects.create(
        order=order, stripe_id="re_1", amount=Decimal(5), currency="EUR", state="succeeded"
    )
    Dispute.objects.create(
        order=order, stripe_id="dp_1", amount=Decimal(7), currency="EUR", state="needs_response"
    )
    OrderEvent.objects.create(order=order, kind=OrderEvent.Kind.PLACED, source="checkout")
    OrderEvent.objects.create(
        order=order, kind=OrderEvent.Kind.REFUND, text="Given back", source="a person",
        user=make_user("rita"),
    )  # fmt: skip
    OutgoingEmail.objects.create(
        order=order, kind=OutgoingEmail.Kind.CONFIRMATION, state=OutgoingEmail.State.FAILED,
        attempts=3, last_error="The mail server did not answer",
    )  # fmt: skip
    return order


def test_the_page_of_an_order_shows_everything_about_it(clerk: Client) -> None:
    order = make_eventful_order()
    invoice = issue_invoice(order)
    html = clerk.get(page_of(order)).content.decode()
    shown = [
        "F77", "Paid", "MUG-1", "Speckled Mug", "Green / Large", "€24.00", "€48.00", "€52.90",
        "€4.90", "Parcel", "Tax included (19 %)", "€4.61", "Zoë Ångström", "zoe@example.com",
        "+49 30 1234", "Gartenweg 3", "Hinterhaus", "10115 Berlin", "Germany", "Ring twice.",
        "Then wait.", "pi_F77", "cs_live_1", "Complete", "shopper returned 4 May 2026, 12:45",
        "re_1", "€5.00", "succeeded", "dp_1", "€7.00", "needs response", "Order placed", "checkout",
        "Given back", "rita", "Confirmation with invoice", "Failed",
        "The mail server did not answer", "1 of 2 pieces are held in stock",
        f"Invoice {invoice.number}", page_of(order, "invoice"), "paid 4 May 2026, 12:30",
    ]  # fmt: skip
    assert [text for text in shown if text not in html] == []
    assert order.token not in html


def test_an_unpaid_order_says_until_when_it_can_be_paid(clerk: Client) -> None:
    order = make_order(expires_at=datetime(2026, 5, 4, 13, tzinfo=UTC))
    html = clerk.get(page_of(order)).content.decode()
    assert "can be paid until 4 May 2026, 13:00" in html
    assert "No money has arrived." in html
    assert page_of(order, "invoice") not in html


def test_the_page_needs_the_same_queries_for_any_history(clerk: Client) -> None:
    order = make_eventful_order()
    issue_invoice(order)
    counts = []
    for number in range(2):
        clerk.get(page_of(order))  # Warms what Wagtail and Django keep between requests.
        with CaptureQueriesContext(connection) as queries:
            clerk.get(page_of(order))
        counts.append(len(queries))
        pay(order, payment_intent=f"pi_{number}")
        for name in ("ada", "ben", "cleo"):
            OrderEvent.objects.create(
                order=order, kind="status", source="x", user=make_user(f"{name}-{number}")
            )
    assert counts[0] == counts[1]


def test_nothing_a_customer_wrote_is_markup(clerk: Client) -> None:
    evil = "<script>alert(1)</script>"
    order = make_order(name=evil, note=evil, city=evil, phone=evil, address_line2=evil)
    order.lines.update(title=evil, options_label=evil)
    assert evil not in clerk.get(page_of(order)).content.decode()
    assert evil not in desk(clerk)


def test_the_invoice_is_a_pdf_named_after_its_number(clerk: Client) -> None:
    order = make_eventful_order()
    invoice = issue_invoice(order)
    response = clerk.get(page_of(order, "invoice"))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{invoice.number}.pdf"'
    assert response.content.startswith(b"%PDF-")


def test_an_order_without_an_invoice_has_no_pdf(clerk: Client) -> None:
    assert clerk.get(page_of(make_order(), "invoice")).status_code == 404


def test_an_invoice_that_cannot_be_typeset_is_told_on_the_order(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(invoice: object) -> bytes:
        raise PdfError("no fonts")

    monkeypatch.setattr(views, "invoice_pdf", fail)
    order = make_eventful_order()
    issue_invoice(order)
    response = clerk.get(page_of(order, "invoice"), follow=True)
    assert response.redirect_chain == [(page_of(order), 302)]
    assert "The invoice cannot be typeset now." in response.content.decode()


@pytest.mark.parametrize("pk", ["999999", "abc", "9" * 30, "1-1"])
def test_an_order_that_does_not_exist_is_not_found(clerk: Client, pk: str) -> None:
    path = reverse(INDEX)
    assert clerk.get(f"{path}inspect/{pk}/").status_code == 404
    assert clerk.get(f"{path}invoice/{pk}/").status_code == 404


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
