"""The report of live content that sells nothing."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from wagtail.models import PageViewRestriction

from home.granting import create_roles
from home.models import HomePage
from home.roles import EDITORS, MARKETERS, SHOP_STAFF
from products.dead_content import dead_content
from products.models import ProductPage
from products.product_states import ProductState
from products.selling_blocks import ProductUse, SellingBlock, sells_nothing
from tests.factories import make_product_page, make_user
from tests.products.contents import (
    call_to_action,
    card,
    grid,
    make_landing,
    make_story,
    save_draft,
    text_with_link,
)

pytestmark = pytest.mark.usefixtures("indexes")

REPORT = "/admin/reports/sells-nothing/"

BUYABLE, SOLD_OUT = ProductState(1, "Mug", "buyable"), ProductState(2, "Jar", "sold_out")
STATES = {1: BUYABLE, 2: SOLD_OUT}


def block(*page_ids: int, is_open: bool = False) -> SellingBlock:
    return SellingBlock("body.a", "Card", tuple(ProductUse("p", pk) for pk in page_ids), is_open)


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([], False),
        ([block(1)], False),
        ([block(2)], True),
        ([block(1, 2)], False),
        ([block(2), block(1)], False),
        ([block(2), block(2)], True),
        ([block(2), block(is_open=True)], False),
    ],
)
def test_content_sells_nothing_when_no_block_of_it_can(
    blocks: list[SellingBlock], expected: bool
) -> None:
    assert sells_nothing(blocks, STATES) is expected


@pytest.fixture
def fine(site: HomePage) -> ProductPage:
    return make_product_page("Kettle")


@pytest.fixture
def sold_out(site: HomePage) -> ProductPage:
    return make_product_page("Mug", on_hand=0)


def found(**kwargs: bool) -> list[tuple[str, str, list[str]]]:
    return [
        (one.kind, one.title, [f"{use.block}: {use.state}" for use in one.uses])
        for one in dead_content(**kwargs)
    ]


def test_each_reason_is_named_with_its_block(fine: ProductPage, sold_out: ProductPage) -> None:
    unpublished = make_product_page("Bowl")
    retired = make_product_page("Jar")
    recordless = make_product_page("Lamp")
    private = make_product_page("Vase")
    deleted = make_product_page("Pot")
    make_story("All dead", card(sold_out.pk), grid(unpublished.pk, retired.pk, deleted.pk))
    make_landing("Others", card(private.pk), card(recordless.pk))
    make_landing("Alive", card(sold_out.pk), card(fine.pk))
    ProductPage.objects.get(pk=unpublished.pk).unpublish()
    retired.product.variants.update(is_active=False)
    recordless.product.delete()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    ProductPage.objects.get(pk=deleted.pk).delete()
    assert found() == [
        (
            "Story",
            "All dead",
            [
                "Product card: Mug is sold out",
                "Product grid: Bowl has a page that is not published",
                "Product grid: Jar is not for sale",
                "Product grid: A product that was deleted",
            ],
        ),
        (
            "Landing page",
            "Others",
            ["Product card: Vase has a private page", "Product card: Lamp is not for sale"],
        ),
    ]


def test_partly_dead_content_is_shown_when_asked_for(
    fine: ProductPage, sold_out: ProductPage
) -> None:
    make_landing("Half", card(sold_out.pk), card(fine.pk))
    make_landing("Alive", card(fine.pk))
    assert found() == []
    assert found(also_partly=True) == [("Landing page", "Half", ["Product card: Mug is sold out"])]


def test_drafts_and_content_that_was_never_made_to_sell_are_left_out(sold_out: ProductPage) -> None:
    make_landing("Draft", card(sold_out.pk), live=False)
    make_landing("Words", text_with_link(sold_out.pk), call_to_action(sold_out.pk))
    live = make_landing("Coming", text_with_link(sold_out.pk))
    save_draft(live, card(sold_out.pk))
    assert found(also_partly=True) == []


def test_a_page_is_judged_by_what_shoppers_see_and_not_by_its_draft(
    fine: ProductPage, sold_out: ProductPage
) -> None:
    page = make_landing("Summer", card(sold_out.pk))
    save_draft(page, card(fine.pk))
    assert [title for _kind, title, _uses in found()] == ["Summer"]


def test_home_and_product_pages_are_asked_as_well(site: HomePage, sold_out: ProductPage) -> None:
    stream = HomePage._meta.get_field("body").stream_block
    site = HomePage.objects.get()
    site.body = stream.to_python([card(sold_out.pk)])
    site.save()
    assert found() == [("Home page", "Fern & Kettle", ["Product card: Mug is sold out"])]


@pytest.mark.parametrize(
    ("own_stock", "expected"),
    [(3, []), (0, [("Product page", "Strainer", ["Product card: Mug is sold out"])])],
)
def test_a_product_page_sells_its_own_product_whatever_stands_beside_it(
    sold_out: ProductPage, own_stock: int, expected: list[tuple[str, str, list[str]]]
) -> None:
    page = make_product_page("Strainer", on_hand=own_stock)
    stream = ProductPage._meta.get_field("body").stream_block
    page.body = stream.to_python([card(sold_out.pk)])
    page.save()
    assert found() == expected
    assert len(found(also_partly=True)) == 1


@pytest.mark.parametrize("count", [2, 40])
def test_the_number_of_queries_does_not_grow_with_the_content(
    count: int, sold_out: ProductPage, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_landing(f"Page {number}", card(sold_out.pk), grid(sold_out.pk))
    with django_assert_num_queries(11):
        assert len(dead_content()) == count


# --- In the admin -------------------------------------------------------------------------------


@pytest.fixture
def people(site: HomePage) -> None:
    create_roles()
    for group in (EDITORS, MARKETERS, SHOP_STAFF):
        make_user(group, group=group)
    make_user("nobody")


def log_in(client: Client, name: str) -> None:
    client.force_login(get_user_model().objects.get(username=name))


def links(client: Client) -> list[str]:
    html = client.get(REPORT).content.decode()
    return [a["href"] for a in BeautifulSoup(html, "html.parser").select("table.listing a")]


@pytest.mark.parametrize("count", [2, 40])
def test_a_page_of_the_report_asks_as_often_for_many_as_for_two(
    count: int, client: Client, sold_out: ProductPage, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        make_landing(f"Page {number}", card(sold_out.pk))
    client.force_login(make_user("anna", is_superuser=True))
    client.get(REPORT)
    with django_assert_max_num_queries(28):
        assert len(links(client)) == 3 * count


def test_each_group_sees_the_report_and_the_swaps_it_may_make(
    client: Client, people: None, sold_out: ProductPage
) -> None:
    landing = make_landing("Summer", card(sold_out.pk))
    story = make_story("Tea", card(sold_out.pk))
    expected = {EDITORS: [story], MARKETERS: [landing], SHOP_STAFF: []}
    for group, pages in expected.items():
        log_in(client, group)
        html = client.get(REPORT).content.decode()
        assert ("Summer" in html, "Tea" in html) == (True, True)
        assert len(links(client)) == 3 * len(pages)
        for page in pages:
            swap = f"/{page.pk}/?product={sold_out.pk}&next=%2Fadmin%2Freports%2Fsells-nothing%2F"
            assert any(link.endswith(swap) for link in links(client))


def test_the_report_is_in_the_menu_of_those_who_may_see_it_only(
    client: Client, people: None
) -> None:
    for group in (EDITORS, MARKETERS, SHOP_STAFF):
        log_in(client, group)
        assert REPORT in client.get("/admin/").content.decode()
    user = get_user_model().objects.get(username="nobody")
    user.groups.create(name="Guests").permissions.add(
        Permission.objects.get(codename="access_admin")
    )
    log_in(client, "nobody")
    assert REPORT not in client.get("/admin/").content.decode()
    assert client.get(REPORT).status_code == 302


def test_the_export_holds_each_row_and_no_formula(client: Client, sold_out: ProductPage) -> None:
    make_landing("=1+2", card(sold_out.pk))
    client.force_login(make_user("anna", is_superuser=True))
    answer = client.get(f"{REPORT}?export=csv")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines == [
        "Content,Type,Products that cannot be bought",
        "'=1+2,Landing page,Product card: Mug is sold out",
    ]


def test_a_shop_in_which_all_sells_says_so(client: Client, fine: ProductPage) -> None:
    make_landing("Summer", card(fine.pk))
    client.force_login(make_user("anna", is_superuser=True))
    assert "Every page and section has something to buy." in client.get(REPORT).content.decode()
    assert client.get(f"{REPORT}results/").status_code == 200
