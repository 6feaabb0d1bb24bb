"""What a product's page says after buying: on the page of a paid order, and nowhere else."""

from collections.abc import Sequence

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import HomePage, StoryIndexPage, StoryPage
from orders.models import Order, OrderLine
from orders.outbox import process_outbox
from orders.shipping import ParcelDraft, ship_order
from orders.status import SOLD, OrderStatus
from products.models import ProductPage, StockRecord
from products.publishing import check_publishable
from products.sellable import sellable_facts
from shopsite.cms.blocks import sample_picture
from shopsite.cms.models import ShopRendition
from shopsite.cms.preparing_pictures import draw_for_shoppers
from shopsite.cms.streams import block_things, first_picture, first_words
from tests.factories import make_image, make_order, make_product_page, make_section

pytestmark = pytest.mark.usefixtures("site", "empty_cache")

CARE = [("text", {"text": "<h2>Care</h2><p>Rinse it by hand.</p>"})]
RECIPE = {
    "heading": "The first pot",
    "ingredients": [],
    "steps": [{"heading": "", "text": "<p>Pour it away.</p>", "picture": None}],
}


def page_saying(
    blocks: Sequence[tuple[str, object]] = CARE, *, name: str = "Teapot", **fields: object
) -> ProductPage:
    page = make_product_page(name, **fields)
    page.after_purchase = list(blocks)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def order_of(*pages: ProductPage, status: OrderStatus = OrderStatus.PAID) -> Order:
    first, *others = [page.product.variants.get() for page in pages]
    order = make_order(variant=first, status=status)
    line = order.lines.get()
    for variant in others:
        OrderLine.objects.create(
            order=order, variant=variant, sku=variant.sku, title="Thing", quantity=1,
            unit_price=line.unit_price, line_total=line.line_total, line_tax=line.line_tax,
        )  # fmt: skip
    return order


def shown(order: Order) -> str:
    response = Client().get(order.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_a_paid_order_shows_what_its_product_says() -> None:
    html = shown(order_of(page_saying()))
    assert 'id="after-you-buy"' in html
    assert '<h2 class="guide__title">Teapot</h2>' in html
    assert "Rinse it by hand." in html


@pytest.mark.parametrize("status", OrderStatus)
def test_an_order_shows_it_once_it_is_paid(status: OrderStatus) -> None:
    html = shown(order_of(page_saying(), status=status))
    assert ("Rinse it by hand." in html) == (status in SOLD)


def test_the_words_are_those_of_today() -> None:
    page = page_saying()
    order = order_of(page)
    page.after_purchase = [("text", {"text": "<p>Better not at all.</p>"})]
    revision = page.save_revision()
    assert "Rinse it by hand." in shown(order)
    revision.publish()
    assert "Better not at all." in shown(order)
    page.refresh_from_db()
    page.unpublish()
    assert "after-you-buy" not in shown(order)


def test_a_product_that_is_gone_says_nothing() -> None:
    page = page_saying()
    order = order_of(page)
    page.product.delete()
    assert "after-you-buy" not in shown(order)
    page.delete()
    assert "after-you-buy" not in shown(order)


def test_a_product_says_it_once_and_only_while_the_shopper_keeps_one() -> None:
    page, other = page_saying(), page_saying(name="Mug")
    order = order_of(page, other, page)
    assert shown(order).count('class="guide__title"') == 2
    order.lines.filter(variant__product=other.product).update(shipped=1, returned=1)
    html = shown(order)
    assert html.count('class="guide__title"') == 1
    assert '<h2 class="guide__title">Teapot</h2>' in html


def test_a_page_without_words_is_passed_over() -> None:
    assert "after-you-buy" not in shown(order_of(make_product_page()))


def test_the_product_s_own_page_says_nothing_of_it() -> None:
    page = page_saying([("picture_with_text", picture_with_text()), ("how_to", RECIPE)])
    html = Client().get(page.url).content.decode()
    assert "first pot" not in html
    assert "By hand" not in html
    assert block_things(page) == []
    assert first_picture(page) is None
    assert first_words(page) == ""
    assert "first pot" not in Client().get("/search/?q=pot").content.decode()


def picture_with_text() -> dict[str, object]:
    make_image()
    return {
        "picture": sample_picture(),
        "heading": "",
        "text": "<p>By hand.</p>",
        "side": "end",
        "link": {"text": "", "page": None, "address": ""},
    }


def test_it_shows_recipes_with_prices_and_linked_stories_and_sections() -> None:
    matcha = make_product_page("Matcha", price="19.00")
    story = StoryPage(title="Slow tea", slug="slow-tea")
    StoryIndexPage.objects.get().add_child(instance=story)
    ingredient = {"amount": "2 g", "name": "matcha", "product": matcha}
    stories = {"heading": "Read on", "stories": [story], "fill_up_to": 0, "tag": ""}
    section = make_section(body=[("text", {"text": "<p>For all of them.</p>"})])
    page = page_saying(
        [
            ("how_to", {**RECIPE, "ingredients": [ingredient]}),
            ("related_stories", {**stories, "more_link": picture_with_text()["link"]}),
            ("section", {"section": section}),
        ]
    )
    html = shown(order_of(page))
    assert "€19.00" in html
    assert f'href="{story.url}"' in html
    assert "For all of them." in html


def test_it_costs_the_same_for_one_line_and_for_eight() -> None:
    matcha = make_product_page("Matcha")
    blocks = [
        ("how_to", {**RECIPE, "ingredients": [{"amount": "", "name": "tea", "product": matcha}]}),
        ("picture_with_text", picture_with_text()),
        *CARE,
    ]
    pages = [page_saying(blocks, name=f"Thing {number}") for number in range(8)]
    counts = []
    for order in (order_of(pages[0]), order_of(*pages)):
        shown(order)  # Makes the sizes of the pictures.
        with CaptureQueriesContext(connection) as queries:
            html = shown(order)
        counts.append(len(queries))
    assert html.count('class="guide__title"') == 8
    assert counts[0] == counts[1]


@pytest.mark.parametrize("says_something", [True, False])
def test_the_mail_of_a_parcel_links_to_it(says_something: bool) -> None:
    page = page_saying(CARE if says_something else [])
    order = order_of(page)
    StockRecord.objects.update(allocated=1)
    line = order.lines.get()
    ship_order(order=order, parcel=ParcelDraft(quantities={line.pk: 1}), user=None)
    process_outbox()
    message = mail.outbox[-1]
    link = f"{order.full_url}#after-you-buy"
    for text in (message.body, message.alternatives[0][0]):
        assert (link in text) == says_something


# --- For the editor -----------------------------------------------------------------------------


def test_an_editor_previews_it() -> None:
    page = page_saying()
    page.after_purchase = [("text", {"text": "<p>Still a draft.</p>"})]
    html = page.make_preview_request(preview_mode="after_purchase").render().content.decode()
    assert "Still a draft." in html
    assert "Add to cart" not in html
    assert ("after_purchase", "After you buy") in page.preview_modes
    assert "Still a draft." not in page.make_preview_request().render().content.decode()


def test_its_pictures_are_made_when_it_is_published(settings) -> None:
    page = page_saying([("picture_with_text", picture_with_text())])
    settings.DRAWS_WHEN_PUBLISHED = True
    draw_for_shoppers(page.pk)
    made = ShopRendition.objects.count()
    assert made > 0
    shown(order_of(page))
    assert ShopRendition.objects.count() == made


def test_what_is_not_finished_does_not_go_live() -> None:
    page = page_saying()
    page.after_purchase = [("how_to", {**RECIPE, "heading": ""})]
    with pytest.raises(Exception, match="says after buying has a part that is not finished"):
        check_publishable(page, variants=sellable_facts(page.product_id))


def test_the_editor_offers_what_helps_and_nothing_that_sells() -> None:
    names = set(ProductPage._meta.get_field("after_purchase").stream_block.child_blocks)
    assert names == {
        "text", "how_to", "picture_with_text", "video", "faq", "related_stories", "section",
    }  # fmt: skip
    assert HomePage.private_streams == ()
