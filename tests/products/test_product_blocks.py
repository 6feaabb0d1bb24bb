"""Blocks that show products say what is true now, in a constant number of queries."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from home.models import HomePage, StoryIndexPage, StoryPage
from products.blocks import StoryStreamBlock
from products.models import (
    Attribute,
    AttributeValue,
    CollectionPage,
    ProductPage,
    ProductVariant,
    StockRecord,
)
from shopsite.cms.blocks import sample_picture
from tests.factories import make_collection, make_image, make_product_page, make_variant


def make_story(*body: tuple[str, Any]) -> StoryPage:
    story = StoryPage(title="A story", slug="a-story", body=list(body))
    StoryIndexPage.objects.get().add_child(instance=story)
    return StoryPage.objects.get(pk=story.pk)


def read(story: StoryPage) -> str:
    response = Client().get(story.url)
    assert response.status_code == 200
    html: str = response.content.decode()
    return html


def as_preview(story: StoryPage) -> str:
    request = RequestFactory().get("/")
    request.is_preview = True
    return str(story.body.stream_block.render(story.body, context={"request": request}))


def sell_out(page: ProductPage) -> None:
    StockRecord.objects.filter(variant__product=page.product).update(on_hand=0)


def choice(page: ProductPage, **more: Any) -> dict[str, Any]:
    return {"product": page, **more}


def card(page: ProductPage, **more: Any) -> tuple[str, Any]:
    return ("product_card", {**choice(page, **more), "note": ""})


def grid(*pages: ProductPage) -> tuple[str, Any]:
    link = {"text": "", "page": None, "address": ""}
    products = [choice(page) for page in pages]
    return ("product_grid", {"heading": "", "products": products, "more_link": link})


def buy_box(page: ProductPage) -> tuple[str, Any]:
    return ("buy_box", {**choice(page), "note": ""})


def look(page: ProductPage) -> tuple[str, Any]:
    points = [choice(page, x=40, y=60)]
    return ("shop_the_look", {"heading": "Look", "picture": sample_picture(), "points": points})


def basket(*items: dict[str, Any]) -> tuple[str, Any]:
    return ("story_basket", {"heading": "Shop this recipe", "text": "", "items": list(items)})


def comparison(*pages: ProductPage, only_differences: bool = True) -> tuple[str, Any]:
    products = [choice(page) for page in pages]
    value = {"heading": "Which?", "products": products, "only_differences": only_differences}
    return ("comparison", value)


def linked(page: ProductPage) -> tuple[str, Any]:
    html = f'<p>Take the <a linktype="page" id="{page.pk}">one I use</a>.</p>'
    return ("text", {"text": html})


MAKERS: dict[str, Callable[[ProductPage], tuple[str, Any]]] = {
    "card": card,
    "grid": grid,
    "buy_box": buy_box,
    "look": look,
    "basket": lambda page: basket(choice(page)),
    "comparison": lambda page: comparison(page, page),
    "linked": linked,
}


@pytest.fixture
def mug(site: HomePage) -> ProductPage:
    return make_product_page("Mug", sku="MUG", price="24.00", picture=True)


@pytest.fixture
def bowl(site: HomePage) -> ProductPage:
    return make_product_page("Bowl", sku="BOWL", price="31.00", picture=True)


@pytest.mark.parametrize("name", MAKERS)
def test_price_and_stock_are_those_of_the_moment(name: str, mug: ProductPage) -> None:
    story = make_story(MAKERS[name](mug))
    assert "€24.00" in read(story)
    ProductVariant.objects.update(price="19.50")
    sell_out(mug)
    html = read(story)
    assert "€19.50" in html
    assert "€24.00" not in html
    assert "Sold out" in html


@pytest.mark.parametrize("name", MAKERS)
def test_what_is_not_public_is_not_shown(name: str, mug: ProductPage) -> None:
    story = make_story(MAKERS[name](mug))
    mug.unpublish()
    html = read(story)
    assert "€24.00" not in html
    assert "Mug" not in html


@pytest.mark.parametrize("name", [*MAKERS, "everything"])
def test_forty_product_blocks_cost_as_many_queries_as_two(name: str, site: HomePage) -> None:
    pages = [make_product_page(f"Mug {number}", picture=True) for number in range(40)]
    makers = list(MAKERS.values()) if name == "everything" else [MAKERS[name]]

    def count(number: int) -> int:
        story = make_story(*(make(page) for page in pages[:number] for make in makers))
        read(story)  # Makes the renditions.
        with CaptureQueriesContext(connection) as queries:
            read(story)
        story.delete()
        return len(queries)

    assert count(40) == count(2)


def test_a_product_that_cannot_be_bought_is_kept_and_says_so(mug: ProductPage) -> None:
    sell_out(mug)
    html = read(make_story(card(mug)))
    assert "Sold out" in html
    assert "See the details" in html
    assert "See and buy" not in html


def test_a_product_that_cannot_be_bought_can_be_left_out(mug: ProductPage) -> None:
    sell_out(mug)
    story = make_story(card(mug, when_gone="hide"))
    assert "product-card-block" not in read(story)
    assert 'class="block ' not in read(story)
    assert "Shoppers see nothing here: Mug cannot be bought." in as_preview(story)


def test_another_product_can_stand_in_for_one_that_cannot_be_bought(
    mug: ProductPage, bowl: ProductPage
) -> None:
    story = make_story(card(mug, when_gone="substitute", substitute=bowl))
    assert "Bowl" not in read(story)
    sell_out(mug)
    html = read(story)
    assert "€31.00" in html
    assert "Instead of Mug, which we do not have" in html
    sell_out(bowl)
    html = read(story)
    assert "Bowl" not in html
    assert "Sold out" in html


def test_a_substitute_also_stands_in_for_a_page_that_is_gone(
    mug: ProductPage, bowl: ProductPage
) -> None:
    story = make_story(card(mug, when_gone="substitute", substitute=bowl))
    mug.delete()
    html = read(StoryPage.objects.get(pk=story.pk))
    assert "Bowl" in html
    assert "Instead of" not in html


def test_a_substitute_must_be_named_and_be_another_product(mug: ProductPage) -> None:
    stream = StoryStreamBlock()
    for substitute in (None, mug):
        value = stream.to_python([card(mug, when_gone="substitute", substitute=substitute)])
        with pytest.raises(ValidationError) as refused:
            stream.clean(value)
        assert list(refused.value.block_errors[0].block_errors) == ["substitute"]


def test_a_grid_leaves_no_hole_and_a_preview_says_what_is_missing(
    mug: ProductPage, bowl: ProductPage
) -> None:
    link = {"text": "", "page": None, "address": ""}
    products = [choice(mug, when_gone="hide"), choice(bowl)]
    story = make_story(
        ("product_grid", {"heading": "More", "products": products, "more_link": link})
    )
    sell_out(mug)
    html = read(story)
    assert html.count('<article class="product-card">') == 1
    assert "Shoppers do not see" not in html
    assert "Shoppers do not see: Mug" in as_preview(story)


def test_a_buy_box_posts_where_it_stands(mug: ProductPage) -> None:
    make_variant(mug.product, sku="MUG-RED", price="26.00", options=("Red",))
    story = make_story(buy_box(mug))
    html = read(story)
    block_id = story.body[0].id
    form = html[html.index('<form class="add-to-cart"') :]
    assert 'action="/cart/add/"' in form
    assert f'name="page" value="{story.pk}"' in form
    assert f'name="block" value="{block_id}"' in form
    assert f'id="buy-{block_id}-quantity"' in form
    assert re.findall(r'name="sku"\s+value="([^"]+)"', form) == ["MUG", "MUG-RED"]


def test_a_look_numbers_its_products_on_the_picture_and_below(
    mug: ProductPage, bowl: ProductPage
) -> None:
    points = [choice(mug, x=10, y=20, when_gone="hide"), choice(bowl, x=70, y=55)]
    value = {"heading": "Look", "picture": sample_picture(), "points": points}
    story = make_story(("shop_the_look", value))
    html = read(story)
    name = f"look-{story.body[0].id}"
    assert f'href="#{name}-1"' in html
    assert 'aria-label="2: Bowl"' in html
    assert 'cx="70%" cy="55%"' in html
    assert re.findall(rf'<li[^>]* id="({name}-\d)"', html) == [f"{name}-1", f"{name}-2"]
    sell_out(mug)
    html = read(story)
    assert 'aria-label="1: Bowl"' in html
    assert f"{name}-2" not in html


def test_a_basket_adds_up_what_is_not_optional(mug: ProductPage, bowl: ProductPage) -> None:
    story = make_story(basket(choice(mug, quantity=2), choice(bowl, is_optional=True, quantity=1)))
    html = read(story)
    assert '<strong class="numeric">€48.00</strong>' in html
    assert "without the optional items" in html
    assert '<input type="hidden" name="line" value="1">' in html
    assert '<input type="checkbox" name="line" value="2">' in html
    assert f'name="block" value="{story.body[0].id}"' in html


def test_a_basket_asks_for_no_more_than_there_is(mug: ProductPage) -> None:
    StockRecord.objects.update(on_hand=3)
    html = read(make_story(basket(choice(mug, quantity=5))))
    assert re.search(r'name="quantity-1"\s+value="3"\s+min="0"\s+max="3"', html)
    assert "€72.00" in html


def test_a_basket_shows_what_is_sold_out_but_does_not_offer_it(
    mug: ProductPage, bowl: ProductPage
) -> None:
    sell_out(mug)
    html = read(make_story(basket(choice(mug), choice(bowl))))
    assert "Sold out" in html
    assert 'name="sku-1"' not in html
    assert 'name="sku-2"' in html
    assert '<strong class="numeric">€31.00</strong>' in html


def answer(page: ProductPage, attribute: Attribute, text: str) -> None:
    AttributeValue.objects.create(product=page.product, attribute=attribute, text=text)


def test_a_comparison_shows_what_differs(mug: ProductPage, bowl: ProductPage) -> None:
    glaze = Attribute.objects.create(name="Glaze", code="glaze", sort_order=2)
    clay = Attribute.objects.create(name="Clay", code="clay", sort_order=1)
    origin = Attribute.objects.create(name="Origin", code="origin", sort_order=3)
    for page in (mug, bowl):
        answer(page, clay, "Stoneware")
    answer(mug, glaze, "Oat")
    answer(bowl, glaze, "Moss")
    answer(bowl, origin, "Kassel")
    html = read(make_story(comparison(mug, bowl)))
    assert re.findall(r'<th scope="row">(.*?)</th>', html) == [
        "Price", "Availability", "Glaze", "Origin",
    ]  # fmt: skip
    assert len(re.findall(r'<th class="comparison-block__product" scope="col">', html)) == 2
    assert "Not stated" in html
    assert "Stoneware" not in html


def test_a_comparison_may_show_all_details(mug: ProductPage, bowl: ProductPage) -> None:
    clay = Attribute.objects.create(name="Clay", code="clay")
    for page in (mug, bowl):
        answer(page, clay, "Stoneware")
    assert read(make_story(comparison(mug, bowl, only_differences=False))).count("Stoneware") == 2


def test_a_link_to_a_product_says_what_it_costs_now(mug: ProductPage) -> None:
    story = make_story(linked(mug))
    html = read(story)
    assert re.search(
        r'<a href="/shop/mug/">one I use</a> <span class="live-price">'
        r'\(<span class="price numeric"><span class="price__now">€24.00</span></span>\)',
        html,
    )
    sell_out(mug)
    assert ">€24.00</span></span>, Sold out)" in read(story)


def test_other_links_stay_as_they_are(site: HomePage, mug: ProductPage) -> None:
    page_id = StoryIndexPage.objects.get().pk
    html = (
        f'<p><a linktype="page" id="{page_id}">All</a> <a href="https://example.com/">out</a></p>'
    )
    shown = read(make_story(("text", {"text": html})))
    assert '<a href="/stories/">All</a> <a href="https://example.com/">out</a>' in shown
    assert "live-price" not in shown


def test_a_picture_is_needed_to_shop_a_look(mug: ProductPage) -> None:
    make_image()
    stream = StoryStreamBlock()
    value = stream.to_python([look(mug)])
    assert stream.clean(value)[0].value["points"][0]["x"] == 40
    wrong = {"heading": "", "picture": sample_picture(), "points": [choice(mug, x=101, y=60)]}
    with pytest.raises(ValidationError):
        stream.clean(stream.to_python([("shop_the_look", wrong)]))


def sourced_grid(*picks: ProductPage, **source: Any) -> tuple[str, Any]:
    link = {"text": "", "page": None, "address": ""}
    value = {"heading": "More", "products": [choice(page) for page in picks], "more_link": link}
    return ("product_grid", {**value, **source})


def titles(html: str) -> list[str]:
    return re.findall(r'<a class="product-card__link"[^>]*>(.*?)</a>', html)


RULE_IN_STOCK = {
    "product_types": [], "tags": [], "choices": [], "numbers": [], "answers": [],
    "price_min": None, "price_max": None, "new_within_days": None, "in_stock": True,
    "order": "name", "limit": None,
}  # fmt: skip


def test_a_grid_shows_what_a_rule_finds_after_what_was_chosen(
    mug: ProductPage, bowl: ProductPage
) -> None:
    make_product_page("Ash Tray", on_hand=5)
    gone = make_product_page("Gone", on_hand=0)
    call_command("refresh_listing")
    rule = [("rule", RULE_IN_STOCK)]
    assert titles(read(make_story(sourced_grid(mug, rule=rule)))) == ["Mug", "Ash Tray", "Bowl"]
    story = StoryPage.objects.get()
    story.body = [sourced_grid(gone, rule=rule, limit=2)]
    story.save()
    assert titles(read(story)) == ["Gone", "Ash Tray"]


def test_a_grid_shows_a_collection(mug: ProductPage, bowl: ProductPage) -> None:
    collection = make_collection("Table", picks=[bowl, mug])
    call_command("refresh_listing")
    story = make_story(sourced_grid(collection=collection))
    assert titles(read(story)) == ["Bowl", "Mug"]
    collection.unpublish()
    assert titles(read(StoryPage.objects.get())) == []


def test_grids_of_one_collection_cost_the_same_for_few_products_and_for_many(
    site: HomePage,
) -> None:
    pages = [make_product_page(f"Mug {number}", picture=True) for number in range(40)]
    few = make_collection("Few", picks=pages[:2])
    many = make_collection("Many", picks=pages)
    call_command("refresh_listing")

    def count(collection: CollectionPage, times: int) -> int:
        story = make_story(*[sourced_grid(collection=collection, limit=24)] * times)
        read(story)
        with CaptureQueriesContext(connection) as queries:
            read(story)
        story.delete()
        return len(queries)

    assert count(few, 2) == count(many, 2) == count(many, 20)


def test_a_grid_must_have_something_to_show(site: HomePage) -> None:
    stream = StoryStreamBlock()
    with pytest.raises(ValidationError) as refused:
        stream.clean(stream.to_python([sourced_grid()]))
    assert list(refused.value.block_errors[0].block_errors) == ["products"]
