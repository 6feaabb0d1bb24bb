"""Beside the editor of a page stands what it sold."""

from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from home.granting import create_roles
from home.models import HomePage, LandingIndexPage, StoryIndexPage, StoryPage
from home.roles import EDITORS, MARKETERS
from orders import refunds
from shopsite.cms.reports.days import last_days, shop_today
from tests.factories import make_product_page, make_user
from tests.orders.refunding import piece
from tests.orders.reporting import give_back, sell, sell_from
from tests.orders.stripe_double import ProviderDouble
from tests.products.contents import basket, buy_box, make_landing, make_story

pytestmark = pytest.mark.django_db

MUG = ("Mug", 4, "24.00", 19)
TEA = ("Tea", 3, "10.70", 7)
BOX = "0b6f5a1e-3c1f-4b53-9d0a-0d7c3f0a1b2c"
BASKET = "5d1e7c1a-8a35-4b5c-9f5e-2f5f0f0e7a10"


@pytest.fixture(autouse=True)
def stripe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refunds, "payment_provider", ProviderDouble)


@pytest.fixture
def story(site: HomePage) -> StoryPage:
    page = make_product_page("Speckled Mug", sku="M-1")
    return make_story(
        "Slow mornings", buy_box(page.pk, block_id=BOX),
        basket(page.pk, block_id=BASKET, heading="For two"),
    )  # fmt: skip


@pytest.fixture
def editor(story: StoryPage, client: Client) -> Client:
    create_roles()
    client.force_login(make_user("editor", group=EDITORS))
    return client


def now() -> datetime:
    return timezone.now()


def panel_of(client: Client, page: Page) -> Tag | None:
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    html = BeautifulSoup(response.content, "html.parser")
    return html.select_one("[data-side-panel=page-sales]")


def words(part: Tag) -> str:
    return " ".join(part.get_text(" ").split())


def test_the_last_days_stand_beside_all_time_with_products_and_blocks(
    editor: Client, story: StoryPage
) -> None:
    sell_from(story, MUG, block_id=BOX, at=now() - timedelta(days=31))
    order = sell_from(story, TEA, MUG, block_id=BASKET, at=now())
    give_back(order, piece(order, "MUG", 1), at=now())
    sell_from(make_landing("Sale"), ("Bowl", 9, "99.00", 19), at=now())
    sell(("Jug", 9, "99.00", 19), at=now())
    panel = panel_of(editor, story)
    taken_off = "already taken off: €24.00 for 1 refunded piece"
    assert [words(span) for span in panel.select("dl > div")] == [
        f"In the last 30 days €104.10 7 pieces in 1 order {taken_off}",
        f"Since the beginning €200.10 11 pieces in 2 orders {taken_off}",
    ]
    assert [words(row) for row in panel.select("li")] == [
        "Mug 8 pieces, €168.00", "Tea 3 pieces, €32.10",
        "Story basket: For two 7 pieces, €104.10", "Buy box: Speckled Mug 4 pieces, €96.00",
    ]  # fmt: skip
    [link] = panel.select("a")
    days = last_days(30, until=shop_today())
    assert link["href"] == (
        f"/admin/reports/sold-by-stories/{story.pk}/?days_from={days.first}&days_to={days.last}"
    )
    assert editor.get(link["href"]).status_code == 200


def test_a_page_that_sold_nothing_says_so(editor: Client, story: StoryPage) -> None:
    panel = panel_of(editor, story)
    assert "Nothing was added to a cart here and paid for yet." in words(panel)
    assert not panel.select("dl, ol, a")


def test_what_was_sold_long_ago_is_nothing_lately(editor: Client, story: StoryPage) -> None:
    sell_from(story, TEA, at=now() - timedelta(days=90))
    assert [words(span) for span in panel_of(editor, story).select("dl > div")] == [
        "In the last 30 days €0.00 0 pieces in 0 orders",
        "Since the beginning €32.10 3 pieces in 1 order",
    ]


def test_five_products_and_blocks_are_enough(editor: Client, story: StoryPage) -> None:
    for number in range(7):
        goods = (f"Cup {number}", 1, f"{number + 1}.00", 19)
        sell_from(story, goods, block_id=f"{BOX[:-1]}{number}", at=now())
    products, blocks = panel_of(editor, story).select("ol")
    assert words(products.li) == "Cup 6 1 piece, €7.00"
    assert (len(products.select("li")), len(blocks.select("li"))) == (5, 5)


def test_only_the_currency_of_the_shop_is_counted(editor: Client, story: StoryPage) -> None:
    sell_from(story, MUG, currency="USD", at=now())
    assert "Nothing was added to a cart here" in words(panel_of(editor, story))


def test_pages_that_hold_no_form_of_a_product_have_no_such_panel(
    story: StoryPage, client: Client
) -> None:
    client.force_login(make_user("admin", is_superuser=True))
    for page, has_panel in (
        (story, True), (HomePage.objects.get(), True), (story.body[0].value["product"], True),
        (StoryIndexPage.objects.get(), False), (LandingIndexPage.objects.get(), False),
    ):  # fmt: skip
        assert bool(panel_of(client, page)) is has_panel, page


def test_without_the_right_there_is_no_such_panel(editor: Client, story: StoryPage) -> None:
    Group.objects.get(name=EDITORS).permissions.remove(
        Permission.objects.get(codename="view_page_sales")
    )
    assert panel_of(editor, story) is None


def test_a_marketer_sees_what_a_landing_page_sold(story: StoryPage, client: Client) -> None:
    create_roles()
    client.force_login(make_user("marketer", group=MARKETERS))
    page = make_landing("Sale")
    sell_from(page, TEA, at=now())
    assert "€32.10" in words(panel_of(client, page))


def test_forty_orders_cost_as_many_queries_as_two(editor: Client, story: StoryPage) -> None:
    def sell_some(numbers: range) -> None:
        for number in numbers:
            goods = (f"Cup {number}", 1, "5.00", 19)
            sell_from(story, goods, block_id=f"{BOX[:-2]}{number:02}", at=now())

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert panel_of(editor, story).select("li")
        return len(queries)

    sell_some(range(2))
    count()
    before = count()
    sell_some(range(2, 40))
    assert count() == before


def test_a_page_that_is_not_saved_yet_has_the_panel_that_its_saving_fills(
    site: HomePage, client: Client
) -> None:
    create_roles()
    client.force_login(make_user("reader", group=EDITORS))
    stories = StoryIndexPage.objects.get().pk
    html = client.get(f"/admin/pages/add/home/storypage/{stories}/").content.decode()
    assert 'data-side-panel="page-sales"' in html
    assert "Nothing was added to a cart here and paid for yet." in html
