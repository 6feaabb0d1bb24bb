"""The reports of sales in the admin: the days chosen, the table, and what is taken along."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import HomePage
from home.roles import CHIEFS, EDITORS, MARKETERS, SHOP_STAFF
from orders import refunds
from orders.models import Order, Refund
from products.models import Product
from shopsite.cms.reports.choosing import as_links, usual_spans, with_usual_days
from shopsite.cms.reports.days import Days, shop_today, this_month
from tests.factories import make_product, make_user
from tests.orders.desk import FORMULA
from tests.orders.refunding import piece
from tests.orders.report_pages import JULY, read_csv, read_xlsx, table, text, url
from tests.orders.reporting import NOON, give_back, sell
from tests.orders.stripe_double import ProviderDouble

pytestmark = pytest.mark.django_db

MUG = ("Mug", 4, "24.00", 19)
TEA = ("Tea", 3, "10.70", 7)
ADDRESSES = ("sales", "tax", "refunds", "best-sellers")


@pytest.fixture(autouse=True)
def stripe(monkeypatch: pytest.MonkeyPatch) -> ProviderDouble:
    double = ProviderDouble()
    monkeypatch.setattr(refunds, "payment_provider", lambda: double)
    return double


# --- What is shown -----------------------------------------------------------------------------


def test_the_table_of_sales_has_a_line_for_each_day_and_totals(clerk: Client) -> None:
    order = sell(MUG, TEA)
    give_back(order, piece(order, "MUG", 1), at=NOON + timedelta(days=1))
    assert table(clerk, "sales") == [
        ["Day", "Orders", "Pieces", "Revenue", "Of it tax", "Of it delivery", "Refunded",
         "Revenue less refunds"],
        ["15 Jul 2026", "1", "7", "€133.00", "€18.21", "€4.90", "€0.00", "€133.00"],
        ["16 Jul 2026", "0", "0", "€0.00", "€0.00", "€0.00", "€24.00", "-€24.00"],
        ["Total", "1", "7", "€133.00", "€18.21", "€4.90", "€24.00", "€109.00"],
    ]  # fmt: skip


def test_each_currency_has_a_total(clerk: Client) -> None:
    sell(MUG)
    sell(MUG, currency="USD")
    assert [row[:2] + row[3:4] for row in table(clerk, "sales")[-2:]] == [
        ["Total in EUR", "1", "€100.90"],
        ["Total in USD", "1", "$100.90"],
    ]


def test_the_table_of_tax_adds_up_to_what_is_due(clerk: Client) -> None:
    order = sell(MUG, TEA)
    give_back(order, piece(order, "TEA", 1))
    assert table(clerk, "tax") == [
        ["Country", "Rate in percent", "Invoiced, with tax", "Refunded, with tax",
         "Left, with tax", "Left, without tax", "Tax"],
        ["Germany", "19 %", "€100.90", "€0.00", "€100.90", "€84.79", "€16.11"],
        ["Germany", "7 %", "€32.10", "€10.70", "€21.40", "€20.00", "€1.40"],
        ["Total", "", "€133.00", "€10.70", "€122.30", "€104.79", "€17.51"],
    ]  # fmt: skip


def test_the_table_of_refunds_leads_to_the_orders(clerk: Client) -> None:
    order = sell(MUG, number="F7")
    note = give_back(order, other="10.00")
    Refund.objects.update(note="Chipped.", user=make_user("ada"))
    assert table(clerk, "refunds")[1:] == [
        ["15 Jul 2026", "F7", "€10.00", "Given back", "Chipped.", note.number, "ada"],
        ["Total", "", "€10.00", "", "", "", ""],
    ]
    html = clerk.get(url("refunds"), JULY).content.decode()
    assert f'<a href="/admin/orders/order/inspect/{order.pk}/">F7</a>' in html


def test_who_may_see_sales_and_no_orders_gets_no_links_to_them(client: Client) -> None:
    accountant = make_user("accountant")
    for codename in ("access_admin", "view_sales_reports"):
        accountant.user_permissions.add(permission(codename))
    client.force_login(accountant)
    give_back(sell(MUG, number="F7"), other="10.00")
    assert table(client, "refunds")[1][1] == "F7"
    assert "/admin/orders/order/inspect/" not in client.get(url("refunds"), JULY).content.decode()


def permission(codename: str) -> Permission:
    return Permission.objects.get(codename=codename)


def test_the_table_of_best_sellers_counts_pieces(clerk: Client) -> None:
    make_product("Mug", sku="M-1")
    order = sell(MUG, TEA)
    give_back(order, piece(order, "MUG", 1))
    assert table(clerk, "best-sellers") == [
        ["Product", "Pieces", "Revenue", "Refunded pieces"],
        ["Mug", "4", "€96.00", "1"],
        ["Tea", "3", "€32.10", "0"],
        ["Total", "7", "€128.10", "1"],
    ]


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_table_can_be_read_without_seeing_it(clerk: Client, name: str) -> None:
    give_back(sell(MUG), other="1.00")
    html = BeautifulSoup(clerk.get(url(name), JULY).content, "html.parser")
    found = html.select_one(".figures__table")
    assert found.caption.get_text(strip=True)
    assert {cell["scope"] for cell in found.thead.find_all("th")} == {"col"}
    for row in found.select("tbody tr, tfoot tr"):
        assert row.find(["th", "td"]).get("scope") == "row"


# --- The days ----------------------------------------------------------------------------------


def test_without_days_it_is_the_current_month(clerk: Client) -> None:
    today = shop_today()
    now = timezone.make_aware(datetime.combine(today, datetime.min.time()))
    first = today.replace(day=1)
    sell(MUG, at=now)
    sell(TEA, at=now - timedelta(days=today.day))
    assert table(clerk, "best-sellers", days_from="")[-1] == ["Total", "4", "€96.00", "0"]
    html = BeautifulSoup(clerk.get(url("sales")).content, "html.parser")
    days = f"from {first:%-d %B %Y}, to {today:%-d %B %Y}"
    assert html.select_one(".figures__table caption").get_text() == f"Sales by day, {days}"
    assert f"{first:%-d %B %Y} - {today:%-d %B %Y}" in html.select_one(".w-active-filters").text
    assert [one.get_text(strip=True) for one in html.select(".figures__spans [aria-current]")] == [
        "This month"
    ]


def test_both_days_belong_to_what_is_asked_for(clerk: Client) -> None:
    for days in range(4):
        sell(MUG, at=NOON + timedelta(days=days))
    rows = table(clerk, "sales", days_from="2026-07-16", days_to="2026-07-17")
    assert [row[0] for row in rows[1:-1]] == ["16 Jul 2026", "17 Jul 2026"]
    assert [row[0] for row in table(clerk, "sales", days_to="2026-07-15")[1:-1]] == ["15 Jul 2026"]
    assert [row[0] for row in table(clerk, "sales", days_from="2026-07-18")[1:-1]] == [
        "18 Jul 2026"
    ]


@pytest.mark.parametrize(
    "query",
    [
        {"days_from": "2026-07-31", "days_to": "2026-07-01"},
        {"days_from": "yesterday"},
        {"days_from": "2026-02-30"},
    ],
)
def test_days_that_there_are_not_show_and_export_nothing(
    clerk: Client, query: dict[str, str]
) -> None:
    give_back(sell(MUG), other="1.00")
    for name in ADDRESSES:
        assert table(clerk, name, **query) == []
        assert "These are no days that can be shown." in text(clerk, name, **query)
        assert len(read_csv(clerk.get(url(name), {**query, "export": "csv"}))) == 1


def test_an_empty_month_says_so(clerk: Client) -> None:
    assert "Nothing was sold or given back in these days." in text(clerk, "sales", **JULY)


def test_the_usual_spans_are_seen_from_today() -> None:
    chosen = Days(date(2025, 12, 1), date(2025, 12, 31))
    spans = as_links(usual_spans(date(2026, 1, 31)), chosen=chosen, query={})
    assert [(str(span.label), span.query, span.is_chosen) for span in spans] == [
        ("This month", "days_from=2026-01-01&days_to=2026-01-31", False),
        ("Last month", "days_from=2025-12-01&days_to=2025-12-31", True),
        ("This year", "days_from=2026-01-01&days_to=2026-01-31", False),
        ("Last year", "days_from=2025-01-01&days_to=2025-12-31", False),
    ]
    asked = with_usual_days(QueryDict("export=csv"), days=this_month(date(2026, 1, 31)))
    assert asked.urlencode() == "export=csv&days_from=2026-01-01&days_to=2026-01-31"


def test_one_span_at_most_is_chosen_also_when_two_are_the_same_days() -> None:
    january = date(2026, 1, 31)
    for chosen, labels in ((this_month(january), ["This month"]), (None, [])):
        spans = as_links(usual_spans(january), chosen=chosen, query={})
        assert [str(span.label) for span in spans if span.is_chosen] == labels


# --- What is taken along -----------------------------------------------------------------------


def test_the_rows_are_taken_along_with_plain_numbers(clerk: Client) -> None:
    order = sell(MUG, TEA)
    give_back(order, piece(order, "TEA", 1))
    response = clerk.get(url("tax"), {**JULY, "export": "csv"})
    assert response["Content-Disposition"] == (
        'attachment; filename="tax-report-2026-07-01-2026-07-31.csv"'
    )
    assert read_csv(response) == [
        ["Country", "Rate in percent", "Currency", "Invoiced, with tax", "Refunded, with tax",
         "Left, with tax", "Left, without tax", "Tax"],
        ["DE", "19.00", "EUR", "100.90", "0.00", "100.90", "84.79", "16.11"],
        ["DE", "7.00", "EUR", "32.10", "10.70", "21.40", "20.00", "1.40"],
    ]  # fmt: skip


def test_a_spreadsheet_can_reckon_with_what_it_gets(clerk: Client) -> None:
    sell(MUG, TEA)
    heading, row = read_xlsx(clerk.get(url("sales"), {**JULY, "export": "xlsx"}))
    assert [cell.value for cell in heading][:3] == ["Day", "Currency", "Orders"]
    assert [cell.value for cell in row] == [
        date(2026, 7, 15), "EUR", 1, 7, 133, 18.21, 4.9, 0, 133,
    ]  # fmt: skip
    assert [cell.data_type for cell in row] == ["d", "s", *"nnnnnnn"]
    assert [row[4].number_format, row[2].number_format] == ["0.00", "General"]


@pytest.mark.parametrize("typed", [FORMULA, "+1", "-1", "@SUM(A1)", "#N/A", "\t=1", "=1\n2"])
@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_no_spreadsheet_runs_what_somebody_typed(clerk: Client, typed: str, format_: str) -> None:
    give_back(sell(MUG, (typed, 1, "1.00", 19)), other="10.00")
    Refund.objects.update(note=typed)
    Product.objects.update(name=typed)
    for name in ("best-sellers", "refunds"):
        response = clerk.get(url(name), {**JULY, "export": format_})
        if format_ == "csv":
            texts = [cell for row in read_csv(response)[1:] for cell in row]
        else:
            cells = [cell for row in read_xlsx(response)[1:] for cell in row]
            assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
            texts = [cell.value for cell in cells if cell.data_type == "s"]
        assert not [one for one in texts if one[:1] in "=+-@\t" and not is_number(one)]
        assert [one for one in texts if typed[-2:].strip() in one]


def is_number(one: str) -> bool:
    return not one or one.removeprefix("-").replace(".", "").isdigit()


def test_all_refunds_are_taken_along_and_not_one_page_of_them(clerk: Client) -> None:
    order = sell(MUG)
    for _number in range(60):
        give_back(order, other="1.00")
    assert len(table(clerk, "refunds")) == 1 + 50 + 1
    assert table(clerk, "refunds")[-1][2] == "€60.00"
    rows = read_csv(clerk.get(url("refunds"), {**JULY, "export": "csv"}))
    assert len(rows) == 1 + 60
    assert sum(Decimal(row[3]) for row in rows[1:]) == 60


# --- Who, and how many queries -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "status"), [(EDITORS, 302), (CHIEFS, 302), (MARKETERS, 302), (SHOP_STAFF, 200)]
)
def test_money_of_orders_is_for_the_staff(
    clerk: Client, site: HomePage, group: str, status: int
) -> None:
    clerk.force_login(make_user("somebody", group=group))
    menu = clerk.get("/admin/").content.decode()
    for name in ADDRESSES:
        for query in ({}, {"export": "csv"}, {"export": "xlsx"}):
            assert clerk.get(url(name), query).status_code == status
            assert clerk.get(f"{url(name)}results/", query).status_code == status
        assert (f'"{url(name)}"' in menu) is (status == 200)


@pytest.mark.parametrize("query", ["days_to=9999-12-31", "days_from=0001-01-01"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_days_at_the_end_of_the_calendar_show_nothing(
    clerk: Client, site: HomePage, name: str, query: str
) -> None:
    assert clerk.get(f"{url(name)}?{query}").status_code == 200


def test_more_orders_take_no_more_queries(clerk: Client, site: HomePage) -> None:
    sell_cups(range(2))
    count_queries(clerk)
    before = count_queries(clerk)
    sell_cups(range(2, 40))
    assert Order.objects.count() == 40
    assert count_queries(clerk) == before
    assert max(before.values()) <= 25


def sell_cups(numbers: range) -> None:
    for number in numbers:
        make_product(f"Cup {number}", sku=f"CUP-{number}")
        order = sell((f"Cup {number}", 1, "5.00", 7))
        if number % 20 == 1:
            give_back(order, other="1.00")


def count_queries(client: Client) -> dict[tuple[str, str], int]:
    """Of each report, on the page and taken along."""
    counts = {}
    for name, export in product(ADDRESSES, ("", "csv", "xlsx")):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url(name), {**JULY, "export": export} if export else JULY)
            assert response.status_code == 200
            _body = b"".join(response) if response.streaming else response.content
        counts[name, export] = len(queries)
    return counts
