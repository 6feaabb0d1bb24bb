"""The reports of what pages and their blocks have sold: what is shown, and to whom."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.granting import create_roles
from home.models import HomePage, StoryPage
from home.roles import CHIEFS, EDITORS, MARKETERS, SHOP_STAFF
from orders import refunds
from tests.factories import make_collection, make_product_page, make_user
from tests.orders.refunding import piece
from tests.orders.report_pages import JULY, read_csv, read_xlsx, table, text, url
from tests.orders.reporting import give_back, sell, sell_from
from tests.orders.stripe_double import ProviderDouble
from tests.products.contents import buy_box, make_landing, make_story

pytestmark = pytest.mark.django_db

REPORT = "sold-by-stories"
MUG = ("Mug", 4, "24.00", 19)
TEA = ("Tea", 3, "10.70", 7)
BOX = "0b6f5a1e-3c1f-4b53-9d0a-0d7c3f0a1b2c"


@pytest.fixture(autouse=True)
def stripe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refunds, "payment_provider", ProviderDouble)


@pytest.fixture
def story(site: HomePage) -> StoryPage:
    page = make_product_page("Speckled Mug", sku="M-1")
    return make_story("Slow mornings", buy_box(page.pk, block_id=BOX))


@pytest.fixture
def log_in(story: StoryPage, client: Client) -> Callable[[str], Client]:
    """A browser of somebody from a group."""
    create_roles()

    def of(group: str) -> Client:
        client.force_login(make_user(group.replace(" ", ""), group=group))
        return client

    return of


def blocks_of(page_id: int) -> str:
    return f"{REPORT}/{page_id}"


def links(client: Client, name: str) -> list[str]:
    html = client.get(url(name), JULY).content.decode()
    return [link["href"] for link in BeautifulSoup(html, "html.parser").select("tbody a")]


# --- What is shown -----------------------------------------------------------------------------


def test_a_row_for_each_page_leads_to_its_blocks(
    log_in: Callable[[str], Client], story: StoryPage
) -> None:
    clerk = log_in(SHOP_STAFF)
    order = sell_from(story, MUG, TEA, block_id=BOX)
    give_back(order, piece(order, "MUG", 1))
    sell(TEA)
    assert table(clerk, REPORT) == [
        ["Page", "Type", "Orders", "Pieces", "Revenue", "Refunded pieces", "Refunded",
         "Revenue less refunds"],
        ["Slow mornings", "Story", "1", "7", "€128.10", "1", "€24.00", "€104.10"],
        ["Not known", "", "1", "3", "€32.10", "0", "€0.00", "€32.10"],
        ["Total", "", "", "10", "€160.20", "1", "€24.00", "€136.20"],
    ]  # fmt: skip
    address = f"{url(blocks_of(story.pk))}?days_from=2026-07-01&days_to=2026-07-31"
    assert links(clerk, REPORT) == [address]
    assert table(clerk, blocks_of(story.pk)) == [
        ["Block", "Orders", "Pieces", "Revenue", "Refunded pieces", "Refunded",
         "Revenue less refunds"],
        ["Buy box: Speckled Mug", "1", "7", "€128.10", "1", "€24.00", "€104.10"],
        ["Total", "", "7", "€128.10", "1", "€24.00", "€104.10"],
    ]  # fmt: skip
    html = BeautifulSoup(clerk.get(address).content, "html.parser")
    assert html.title.text.strip().startswith("Sold by “Slow mornings”")
    assert "Sold by “Slow mornings”" in html.h1.text
    assert "Sold by page" in html.select_one(".w-breadcrumbs").text
    caption = html.select_one(".figures__table caption").text
    assert caption == "Sold by “Slow mornings”, from 1 July 2026, to 31 July 2026"
    assert "No page sold anything" in text(clerk, REPORT)
    assert "This page sold nothing" in text(clerk, blocks_of(story.pk))


def test_pages_of_one_type_can_be_looked_at_alone(
    log_in: Callable[[str], Client], story: StoryPage
) -> None:
    clerk = log_in(SHOP_STAFF)
    sell_from(story, TEA)
    sell_from(make_landing("Sale"), MUG)
    sell(TEA)
    query = {**JULY, "type": "home.storypage"}
    assert [row[0] for row in table(clerk, REPORT, **query)] == ["Page", "Slow mornings", "Total"]
    html = BeautifulSoup(clerk.get(url(REPORT), query).content, "html.parser")
    assert all("type=home.storypage" in one["href"] for one in html.select(".figures__spans a"))
    assert [radio["value"] for radio in html.select("[name=type]")] == [
        "", "products.collectionpage", "home.homepage", "home.landingpage",
        "products.productpage", "home.storypage",
    ]  # fmt: skip
    assert len(table(clerk, REPORT, **{**JULY, "type": "auth.user"})) == 0


def test_a_deleted_page_is_still_named(log_in: Callable[[str], Client], story: StoryPage) -> None:
    clerk = log_in(SHOP_STAFF)
    sell_from(story, TEA, block_id=BOX)
    name = blocks_of(story.pk)
    story.delete()
    assert table(clerk, REPORT)[1][:2] == ["Slow mornings", "Deleted page"]
    assert table(clerk, name)[1][0] == "A removed block"
    assert "Edit the page" not in clerk.get(url(name)).content.decode()


def test_the_editor_of_a_page_is_one_press_away_for_who_may_use_it(
    log_in: Callable[[str], Client], story: StoryPage
) -> None:
    address = f'href="/admin/pages/{story.pk}/edit/"'
    for group, is_there in ((EDITORS, True), (SHOP_STAFF, False)):
        html = log_in(group).get(url(blocks_of(story.pk))).content.decode()
        assert (address in html) is is_there


def test_the_rows_are_taken_along(log_in: Callable[[str], Client], story: StoryPage) -> None:
    clerk = log_in(SHOP_STAFF)
    story.title = "=1+1"
    story.save_revision().publish()
    sell_from(story, MUG, block_id=BOX)
    response = clerk.get(url(REPORT), {**JULY, "export": "csv"})
    assert "page-sales-report-2026-07-01-2026-07-31.csv" in response["Content-Disposition"]
    rows = read_csv(response)
    assert rows[0][:3] == ["Page", "Type", "Currency"]
    assert rows[1] == ["'=1+1", "Story", "EUR", "1", "4", "96.00", "0", "0.00", "96.00"]
    query = {**JULY, "export": "xlsx"}
    _heading, row = read_xlsx(clerk.get(url(blocks_of(story.pk)), query))
    assert [cell.value for cell in row] == [
        "Buy box: Speckled Mug", "EUR", 1, 4, 96, 0, 0, 96,
    ]  # fmt: skip


# --- To whom -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "seen"),
    [
        (EDITORS, ["Speckled Mug", "Slow mornings", "Cups"]),
        (CHIEFS, ["Speckled Mug", "Slow mornings", "Cups"]),
        (MARKETERS, ["Sale", "Cups"]),
        (SHOP_STAFF, ["Sale", "Speckled Mug", "Slow mornings", "Cups", "Home", "Not known"]),
    ],
)
def test_people_see_what_the_pages_that_they_may_change_have_sold(
    log_in: Callable[[str], Client], story: StoryPage, group: str, seen: list[str]
) -> None:
    home = HomePage.objects.get()
    home.title = "Home"
    home.save()
    sold = {
        "Sale": make_landing("Sale"), "Speckled Mug": story.body[0].value["product"],
        "Slow mornings": story, "Cups": make_collection("Cups"), "Home": home,
    }  # fmt: skip
    for number, page in enumerate(sold.values()):
        sell_from(page, ("Mug", 1, f"{9 - number}.00", 19))
    sell(MUG)
    person = log_in(group)
    for query in (JULY, {**JULY, "type": ""}):
        assert [row[0] for row in table(person, REPORT, **query)][1:-1] == seen
    rows = read_csv(person.get(url(REPORT), {**JULY, "export": "csv"}))
    assert [row[0] for row in rows[1:]] == seen
    for name, page in sold.items():
        expected = 200 if name in seen else 302
        for query in (JULY, {**JULY, "export": "csv"}):
            assert person.get(url(blocks_of(page.pk)), query).status_code == expected
            assert person.get(f"{url(blocks_of(page.pk))}results/", query).status_code == expected
    assert f'"{url(REPORT)}"' in person.get("/admin/").content.decode()


def test_a_page_that_there_never_was_is_not_found(log_in: Callable[[str], Client]) -> None:
    assert log_in(SHOP_STAFF).get(url(blocks_of(77777))).status_code == 404
    assert log_in(EDITORS).get(url(blocks_of(77777))).status_code == 302


def test_without_the_right_nobody_sees_what_pages_have_sold(
    client: Client, story: StoryPage
) -> None:
    create_roles()
    editors = Group.objects.get(name=EDITORS)
    editors.permissions.remove(Permission.objects.get(codename="view_page_sales"))
    client.force_login(make_user("editor", group=EDITORS))
    for name in (REPORT, blocks_of(story.pk)):
        assert client.get(url(name)).status_code == 302
    assert f'"{url(REPORT)}"' not in client.get("/admin/").content.decode()


# --- Queries -----------------------------------------------------------------------------------


@pytest.mark.parametrize("group", [EDITORS, SHOP_STAFF])
def test_forty_pages_cost_as_many_queries_as_two(
    log_in: Callable[[str], Client], story: StoryPage, group: str
) -> None:
    person = log_in(group)

    def count() -> list[int]:
        counts = []
        for name in (REPORT, blocks_of(story.pk)):
            for query in (JULY, {**JULY, "export": "csv"}, {**JULY, "type": "home.storypage"}):
                with CaptureQueriesContext(connection) as queries:
                    response = person.get(url(name), query)
                    assert response.status_code == 200
                    _body = b"".join(response) if response.streaming else response.content
                counts.append(len(queries))
        return counts

    def sell_some(numbers: range) -> None:
        for number in numbers:
            sell_from(make_story(f"Story {number}"), TEA)
            sell_from(story, TEA, block_id=BOX[:-4] + f"{number:04}")

    sell_some(range(2))
    count()
    before = count()
    sell_some(range(2, 40))
    assert count() == before
