"""The first page of the admin tells of the last 30 days, and of what is running low."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.dashboard.bars import Bar, bars_of, chart_width
from home.dashboard.figures_panels import figures_panels
from home.dashboard.sales import compare, recent_sales
from home.granting import create_roles
from home.models import HomePage
from home.roles import CHIEFS, EDITORS, MARKETERS, SHOP_STAFF
from orders import refunds
from shopsite.cms.reports.days import shop_today
from tests.factories import make_product, make_product_page, make_user
from tests.orders.refunding import euros, piece
from tests.orders.reporting import give_back, sell, sell_from
from tests.orders.stripe_double import ProviderDouble
from tests.products.contents import make_landing, make_story

TODAY = date(2026, 7, 30)
MUG = ("Mug", 4, "24.00", 19)


@pytest.fixture(autouse=True)
def stripe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refunds, "payment_provider", ProviderDouble)


@pytest.fixture
def people(site: HomePage) -> dict[str, User]:
    create_roles()
    groups = {"editor": EDITORS, "chief": CHIEFS, "marketer": MARKETERS, "clerk": SHOP_STAFF}
    users = {name: make_user(name, group=group) for name, group in groups.items()}
    return {**users, "admin": make_user("admin", is_superuser=True)}


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=12)


def home_of(client: Client, user: User) -> BeautifulSoup:
    client.force_login(user)
    return BeautifulSoup(client.get("/admin/").content, "html.parser")


def words(part: object) -> str:
    return " ".join(part.get_text(" ").split())


# --- What is reckoned --------------------------------------------------------------------------


def test_bars_are_as_high_as_their_amounts() -> None:
    amounts = [Decimal(0), Decimal(50), Decimal(200), Decimal("0.01")]
    assert bars_of(amounts) == [
        Bar(x=0, y=100, height=0), Bar(x=10, y=75, height=25), Bar(x=20, y=0, height=100),
        Bar(x=30, y=99, height=1),
    ]  # fmt: skip
    assert bars_of([Decimal(0)] * 2) == [Bar(x=0, y=100, height=0), Bar(x=10, y=100, height=0)]
    assert (chart_width(30), chart_width(0)) == (297, 0)


@pytest.mark.parametrize(
    ("revenue", "before", "said"),
    [
        ("150", "100", "50 % more than in the 30 days before, which brought €100.00."),
        ("90", "100", "10 % less than in the 30 days before, which brought €100.00."),
        ("100.10", "100", "As much as in the 30 days before, which brought €100.00."),
        ("100", "0", "Nothing was sold in the 30 days before."),
    ],
)
def test_the_sum_is_set_against_the_days_before(revenue: str, before: str, said: str) -> None:
    assert compare(euros(revenue), euros(before)) == said


def test_thirty_days_end_today_and_thirty_others_come_before(people: dict[str, User]) -> None:
    for back in (0, 29, 30, 59, 60):
        sell(MUG, at=noon(TODAY - timedelta(days=back)))
    sell(MUG, at=noon(TODAY), currency="USD")
    give_back(sell(MUG, at=noon(TODAY - timedelta(days=1))), other="10", at=noon(TODAY))
    sales = recent_sales(people["clerk"], today=TODAY)
    assert [str(day.revenue) for day in sales.days] == [
        "€100.90", *["€0.00"] * 27, "€100.90", "€100.90",
    ]  # fmt: skip
    assert (str(sales.days[0].day), str(sales.days[-1].refunded)) == ("2026-07-01", "€10.00")
    assert (str(sales.revenue), str(sales.before), sales.orders) == ("€302.70", "€201.80", 3)
    assert [(one.name, one.pieces) for one in sales.best] == [("Mug", 12)]


def test_five_products_are_named_with_the_pages_one_may_edit(people: dict[str, User]) -> None:
    page = make_product_page("Cup 6", sku="CUP-6")
    sell(*[(f"Cup {number}", number, "1.00", 19) for number in range(1, 7)], at=noon(TODAY))
    best = recent_sales(people["admin"], today=TODAY).best
    assert [(one.name, one.page_url) for one in best] == [
        ("Cup 6", f"/admin/pages/{page.pk}/edit/"),
        *[(f"Cup {number}", "") for number in (5, 4, 3, 2)],
    ]
    assert recent_sales(people["clerk"], today=TODAY).best[0].page_url == ""


# --- What is shown -----------------------------------------------------------------------------


def test_the_chart_is_a_picture_with_words_and_the_same_as_a_table(
    people: dict[str, User], client: Client
) -> None:
    today = shop_today()
    sell(MUG, at=noon(today))
    sell(("Tea", 1, "10.00", 7), shipping="0", at=noon(today - timedelta(days=2)))
    panel = home_of(client, people["clerk"]).select_one("#sales-content")
    assert words(panel.select_one(".dashboard-sales__sum")) == "€110.90 from 2 orders"
    chart = panel.select_one("svg.dashboard-sales__chart")
    assert chart["role"] == "img"
    title, desc = (panel.select_one(f"#{one}") for one in chart["aria-labelledby"].split())
    assert words(title) == "Revenue by day"
    assert words(desc).startswith("Thirty bars, the highest of which is €100.90 on ")
    assert [(bar["x"], bar["height"]) for bar in chart.find_all("rect")] == [
        ("270", "10"), ("290", "100"),
    ]  # fmt: skip
    assert not chart.find_all(style=True)
    rows = panel.select("details table tbody tr")
    assert len(rows) == 30
    assert words(rows[0]).endswith("1 €100.90 €0.00")
    assert words(rows[2]).endswith("1 €10.00 €0.00")
    assert panel.select_one(f'a[href="{"/admin/reports/sales/"}"]')


def test_a_month_without_sales_says_so(people: dict[str, User], client: Client) -> None:
    panel = home_of(client, people["clerk"]).select_one("#sales-content")
    assert "Nothing was sold in these days." in words(panel)
    assert panel.select_one("svg.dashboard-sales__chart") is None


def test_money_is_for_the_staff(people: dict[str, User], client: Client) -> None:
    sell(MUG, at=noon(shop_today()))
    make_product("Low", on_hand=2)
    shown = {}
    for name, user in people.items():
        page = home_of(client, user)
        shown[name] = (bool(page.select("#sales-content")), bool(page.select("#low-stock-content")))
        assert ("€100.90" in page.get_text()) is shown[name][0]
    assert shown == {
        "editor": (False, False), "chief": (False, False), "marketer": (False, False),
        "clerk": (True, True), "admin": (True, True),
    }  # fmt: skip


def test_five_stories_stand_with_bars_as_long_as_what_they_sold(
    people: dict[str, User], client: Client
) -> None:
    product = make_product_page("Mug", sku="M-1")
    at = noon(shop_today())
    sell_from(product, ("Mug", 1, "900.00", 19), at=at)
    for number in range(1, 7):
        sell_from(make_story(f"Story {number}"), ("Cup", number, "10.00", 19), at=at)
    sale = make_landing("Sale")
    order = sell_from(sale, ("Cup", 9, "10.00", 19), at=at)
    give_back(order, piece(order, "CUP", 4), at=at)
    sell_from(sale, ("Cup", 9, "10.00", 19), at=at - timedelta(days=30))
    page = home_of(client, people["admin"])
    assert words(page.select_one("#stories-heading")) == "What pages sell"
    panel = page.select_one("#stories-content")
    assert [words(row) for row in panel.select("li")] == [
        "Story 6 Story 6 pieces, €60.00", "Sale Landing page 9 pieces, €50.00",
        "Story 5 Story 5 pieces, €50.00", "Story 4 Story 4 pieces, €40.00",
        "Story 3 Story 3 pieces, €30.00",
    ]  # fmt: skip
    bars = panel.select("li svg")
    assert [bar.rect["width"] for bar in bars] == ["100", "83", "83", "67", "50"]
    assert {bar["aria-hidden"] for bar in bars} == {"true"}
    assert not panel.find_all(style=True)
    for link in panel.select("a"):
        assert client.get(link["href"]).status_code == 200


def test_everybody_sees_what_their_own_pages_sell(people: dict[str, User], client: Client) -> None:
    at = noon(shop_today())
    sell_from(make_story("Slow mornings"), ("Cup", 1, "10.00", 19), at=at)
    sell_from(make_landing("Sale"), ("Cup", 1, "10.00", 19), at=at)
    shown = {}
    for name, user in people.items():
        panel = home_of(client, user).select_one("#stories-content")
        shown[name] = [link.text for link in panel.select("li a")]
    both = ["Sale", "Slow mornings"]
    assert shown == {
        "editor": both[1:], "chief": both[1:], "marketer": both[:1], "clerk": both, "admin": both,
    }  # fmt: skip


def test_a_month_in_which_no_story_sold_says_so(people: dict[str, User], client: Client) -> None:
    panel = home_of(client, people["editor"]).select_one("#stories-content")
    assert "nothing was bought from a story, landing page or collection" in words(panel)
    client.force_login(make_user("nobody"))
    assert "stories-content" not in client.get("/admin/").content.decode()


def test_the_scarcest_stand_first_and_lead_to_their_stock(
    people: dict[str, User], client: Client
) -> None:
    make_product("Plenty", on_hand=50)
    make_product("Gone", on_hand=0)
    three = make_product("Three", sku="THREE", on_hand=3)
    one = make_product("One", sku="ONE", on_hand=1)
    panel = home_of(client, people["clerk"]).select_one("#low-stock-content")
    assert [words(row) for row in panel.find_all("li")] == [
        "One (ONE) 1 left", "Three (THREE) 3 left",
    ]  # fmt: skip
    assert [link["href"] for link in panel.select("li a")] == [
        f"/admin/stock/edit/{one.stock.pk}/", f"/admin/stock/edit/{three.stock.pk}/",
    ]  # fmt: skip
    assert "All that is running low" not in panel.get_text()
    for number in range(8):
        make_product(f"Two {number}", on_hand=2)
    panel = home_of(client, people["clerk"]).select_one("#low-stock-content")
    assert len(panel.find_all("li")) == 8
    [more] = panel.select("p a")
    assert client.get(more["href"]).context["page_obj"].paginator.count == 10


def test_nothing_is_said_of_the_stock_when_nothing_is_low(
    people: dict[str, User], client: Client
) -> None:
    make_product("Plenty", on_hand=50)
    assert home_of(client, people["clerk"]).select_one("#low-stock-content") is None


@pytest.mark.parametrize("name", ["clerk", "admin"])
def test_more_orders_take_no_more_queries(
    people: dict[str, User], client: Client, name: str
) -> None:
    pages = [make_story(f"Story {number}") for number in range(40)]

    def sell_some(numbers: range) -> None:
        for number in numbers:
            if number % 20 == 1:
                make_product_page(f"Cup {number}", sku=f"CUP-{number}", on_hand=2)
            order = sell((f"Cup {number}", 1, "5.00", 19), at=noon(shop_today()))
            order.lines.update(source_page_id=pages[number % len(pages)].pk)
            if number % 20 == 1:
                give_back(order, other="1.00", at=noon(shop_today()))

    sell_some(range(2))
    before = count_queries(people[name])
    sell_some(range(2, 40))
    assert count_queries(people[name]) == before
    assert before <= 13


def count_queries(user: User) -> int:
    counts = []
    for _again in range(2):  # Content types are remembered from then on.
        fresh = User.objects.get(pk=user.pk)
        with CaptureQueriesContext(connection) as queries:
            for panel in figures_panels(fresh):
                panel.render_html()
        counts.append(len(queries))
    return counts[-1]
