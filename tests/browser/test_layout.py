"""Every page a shopper meets, in narrow and wide windows, light and dark: nothing scrolls sideways.

The pictures of each are kept under var/screenshots/ for a person to look at.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.mailbox import open_mail
from tests.browser.running_shop import RunningShop
from tests.browser.screens import look_at_every_width, measure_every_width
from tests.browser.shopper import DECLINED_CARD, Shopper
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

PUBLIC_PAGES = {
    "home": "/",
    "shop": "/shop/",
    "product": "/shop/speckled-mug/",
    "story": "/stories/the-kettle-comes-first/",
    "landing-page": "/campaigns/a-gift-of-tea/",
}
OTHER_PAGES = ("/shop/side-handle-kyusu/", "/stories/", "/search/?q=tea", "/cart/")


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_a_page_fits_every_width(page: Page, name: str) -> None:
    page.goto(PUBLIC_PAGES[name])
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert look_at_every_width(page, name) == []


@pytest.mark.parametrize("address", OTHER_PAGES)
def test_a_page_of_less_weight_fits_every_width(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert measure_every_width(page, address) == []


def test_a_missing_page_fits_every_width(visitors: Visitors) -> None:
    page, watch = visitors.arrive_watched()
    watch.expect_answer(404, "/shop/no-such-thing/")
    page.goto("/shop/no-such-thing/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert measure_every_width(page, "The page for a missing page") == []


def test_cart_and_checkout_fit_every_width(page: Page) -> None:
    shopper = Shopper(page)
    shopper.add_to_cart("cedar-hinoki-candle", quantity=2)
    shopper.add_to_cart("moss-matcha-bowl")
    problems = look_at_every_width(page, "cart")
    shopper.begin_checkout()
    problems += measure_every_width(page, "The checkout")
    shopper.go_on_to_payment()
    expect(page.get_by_role("alert")).to_be_visible()
    problems += look_at_every_width(page, "checkout-errors")
    assert problems == []


def test_payment_and_order_fit_every_width(page: Page) -> None:
    shopper = Shopper(page, email="a.very.long.address.for.a.narrow.window@example-domain.example")
    shopper.order("cedar-hinoki-candle")
    problems = look_at_every_width(page, "stripe")
    shopper.pay(DECLINED_CARD)
    expect(page.get_by_role("alert")).to_be_visible()
    problems += measure_every_width(page, "Stripe's page after a decline")
    shopper.pay()
    number = shopper.expect_paid()
    problems += look_at_every_width(page, "order-paid")
    open_mail(page, f"Your Fern & Kettle order {number} is confirmed")
    problems += measure_every_width(page, "A mail in the demo's mailbox")
    page.goto("/demo/mail/")
    problems += measure_every_width(page, "The demo's mailbox")
    assert problems == []


def test_an_order_that_waits_for_its_payment_fits_every_width(page: Page) -> None:
    shopper = Shopper(page)
    shopper.order("cedar-hinoki-candle")
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_role("heading", name="Your cart")).to_be_visible()
    problems = measure_every_width(page, "The cart of an order that waits")
    page.get_by_role("link", name="See the order").click()
    expect(page.get_by_role("button", name="Pay now")).to_be_visible()
    problems += measure_every_width(page, "The order that waits")
    assert problems == []


@pytest.mark.parametrize(
    ("address", "times"), [("/", 1), ("/newsletter/", 1), ("/newsletter/thanks/", 0)]
)
def test_a_page_about_the_newsletter_asks_once(page: Page, address: str, times: int) -> None:
    page.goto("/terms/")
    expect(page.locator(".footer-newsletter-block")).to_be_visible()
    page.goto(address)
    expect(page.locator(".footer-newsletter-block")).to_be_hidden()
    expect(page.locator("input[type=email]:visible")).to_have_count(times)


def test_nothing_lies_on_what_a_field_says(page: Page) -> None:
    """The order of a list beside its filters, and the arrow of a choice beside its words."""
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto("/shop/?material=stoneware")
    number = page.locator(".filters__number").bounding_box()
    order = page.get_by_label("Sort by").bounding_box()
    assert number is not None
    assert order is not None
    assert number["x"] + number["width"] < order["x"]
    assert order["x"] + order["width"] <= 320
    page.goto("/campaigns/breakfast-in-bed/")
    choices = page.locator(".story-basket-block__choice > select")
    expect(choices.first).to_have_css("padding-inline-end", "40px")


def test_a_page_without_a_footer_ends_at_a_distance(page: Page, shop: RunningShop) -> None:
    page.goto(shop.stage["landing-page-quiet"])
    expect(page.locator(".site-footer")).to_have_count(0)
    bottoms = page.locator("main .block__inner").evaluate_all(
        "blocks => blocks.map((block) => block.getBoundingClientRect().bottom + scrollY)"
    )
    assert page.evaluate("document.documentElement.scrollHeight") - max(bottoms) >= 48
