"""People who set their own colors, who print, who do not use a mouse, and who listen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.built_shop import ROOT
from tests.browser.keyboard import press_enter_on, tab_to
from tests.browser.measures import CLIPPED_TEXT
from tests.browser.shopper import GOOD_CARD, Shopper
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
MOST_STOPS_TO_CHECKOUT = 15
# In colors that a person set, a background says nothing: the border does.
SHOWS_ITS_EDGE = """(element) => {
  const style = getComputedStyle(element);
  return style.borderTopStyle !== "none" && parseFloat(style.borderTopWidth) >= 1;
}"""
EDGES = """(element) => {
  const style = getComputedStyle(element);
  return [style.borderTopColor, style.borderTopWidth, style.outlineColor, style.outlineWidth,
    style.outlineStyle, style.backgroundColor, style.color, style.textDecorationLine].join();
}"""
# Where ink is not black on paper.
PALE_INK = """() => [...document.querySelectorAll("main :is(h1, h2, p, li, dd, td)")]
  .filter((element) => element.checkVisibility() && element.textContent.trim())
  .filter((element) => {
    const [red, green, blue] = getComputedStyle(element).color.match(/[\\d.]+/g).map(Number);
    return Math.max(red, green, blue) > 110;
  })
  .map((element) => element.textContent.trim().slice(0, 60))"""
# Nobody can press or follow these on paper.
NOT_FOR_PAPER = "header nav, .site-footer, button:not(:disabled), .skip-link, input, select, video"


def test_two_products_with_prices_stand_on_the_first_screen_of_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/shop/")
    bottoms = page.locator("main .price").evaluate_all(
        "prices => prices.map((price) => price.getBoundingClientRect().bottom)"
    )
    assert sum(bottom <= PHONE["height"] for bottom in bottoms) >= 2


def test_from_a_product_to_the_checkout_are_few_stops_of_the_tab_key(page: Page) -> None:
    page.goto("/shop/cedar-hinoki-candle/")
    stops = press_enter_on(page, "Skip to the content")
    stops += press_enter_on(page, "Add to cart")
    expect(page.get_by_role("link", name="Check out")).to_be_visible()
    stops += press_enter_on(page, "Check out")
    expect(page.get_by_role("heading", name="Checkout", level=1)).to_be_visible()
    assert stops <= MOST_STOPS_TO_CHECKOUT


def test_the_keyboard_alone_leads_from_home_to_a_paid_order(page: Page) -> None:
    """Each stop on the way shows that it has the focus."""
    page.goto("/")
    press_enter_on(page, "Shop")
    expect(page.get_by_role("heading", name="Shop", level=1)).to_be_visible()
    press_enter_on(page, "Skip to the products")
    press_enter_on(page, "Hearth Teapot", most=60)
    expect(page.get_by_role("heading", name="Hearth Teapot", level=1)).to_be_visible()
    press_enter_on(page, "Skip to the content")
    press_enter_on(page, "Add to cart")
    expect(page.get_by_role("link", name="Check out")).to_be_visible()
    press_enter_on(page, "Check out")
    expect(page.get_by_role("heading", name="Checkout", level=1)).to_be_visible()
    fill_with_keys(
        page,
        {
            "E-mail": "kim@example.com",
            "Name": "Kim Keys",
            "Address": "Tastenweg 1",
            "Postal code": "10115",
            "City": "Berlin",
        },
    )
    tab_to(page, "I accept the terms of sale")
    page.keyboard.press("Space")
    press_enter_on(page, "Continue to payment")
    expect(page).to_have_url(re.compile("/c/pay/cs_test_"))
    card = {"Card number": GOOD_CARD, "Expiry date": "12 / 40", "CVC": "123"}
    fill_with_keys(page, {**card, "Name on card": "Kim Keys"})
    press_enter_on(page, "Pay")
    expect(page.get_by_role("heading", name="Thank you. Your order is paid.")).to_be_visible()


def fill_with_keys(page: Page, values: dict[str, str]) -> None:
    for label, value in values.items():
        tab_to(page, label)
        page.keyboard.type(value)


def test_somebody_who_listens_buys_by_names_alone(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Stories").click()
    page.get_by_role("link", name="The kettle comes first").click()
    expect(page.get_by_role("heading", name="The kettle comes first", level=1)).to_be_visible()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Shop").click()
    page.get_by_role("link", name="Linen Tea Towel").click()
    page.get_by_role("radio", name="Oat").check()
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("link", name="Check out").click()
    page.get_by_role("main").get_by_role("textbox", name="E-mail").fill("lee@example.com")
    page.get_by_role("textbox", name="Name", exact=True).fill("Lee Listen")
    page.get_by_role("textbox", name="Address", exact=True).fill("Hörweg 1")
    page.get_by_role("textbox", name="Postal code").fill("10115")
    page.get_by_role("textbox", name="City").fill("Berlin")
    page.get_by_role("combobox", name="Country").select_option("DE")
    page.get_by_role("checkbox", name="I accept the terms of sale").check()
    page.get_by_role("button", name="Continue to payment").click()
    page.get_by_role("textbox", name="Card number").fill(GOOD_CARD)
    page.get_by_role("textbox", name="Expiry date").fill("12 / 40")
    page.get_by_role("textbox", name="CVC").fill("123")
    page.get_by_role("textbox", name="Name on card").fill("Lee Listen")
    page.get_by_role("button", name="Pay").click()
    expect(page.get_by_role("heading", name="Thank you. Your order is paid.")).to_be_visible()


def test_buttons_choices_and_focus_are_seen_in_colors_that_a_person_set(
    visitors: Visitors,
) -> None:
    page = visitors.arrive(forced_colors="active")
    page.goto("/shop/speckled-mug/")
    button = page.get_by_role("button", name="Add to cart")
    assert button.evaluate(SHOWS_ITS_EDGE)
    before = button.evaluate(EDGES)
    page.keyboard.press("Tab")
    tab_to(page, "Add to cart")
    assert button.evaluate(EDGES) != before
    labels = page.locator("label.choice")
    chosen = labels.filter(has=page.get_by_role("radio", checked=True))
    other = labels.filter(has=page.get_by_role("radio", name="Sage"))
    assert chosen.evaluate(EDGES) != other.evaluate(EDGES)


def test_a_box_that_is_not_chosen_is_empty_on_dark_paper(visitors: Visitors) -> None:
    """A browser's own are filled there, and look as if they were; but in colors that a person set
    they are the right ones."""
    page = visitors.arrive(color_scheme="dark")
    page.goto("/shop/speckled-mug/")
    chosen, other = (page.locator("main input[type=radio]").nth(place) for place in (0, 1))
    expect(chosen).to_be_checked()
    expect(other).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(other).to_have_css("background-image", "none")
    expect(chosen).to_have_css("background-image", re.compile("^radial-gradient"))
    page.goto("/shop/?material=stoneware")
    boxes = page.locator(".filter input[name=material]")
    for box, color in ((boxes.nth(1), "rgba(0, 0, 0, 0)"), (boxes.nth(0), "rgb(169, 203, 166)")):
        expect(box).to_have_css("background-color", color)
    page.emulate_media(forced_colors="active")
    expect(boxes.nth(0)).to_have_css("appearance", "auto")


@pytest.mark.parametrize(
    "address", ["/shop/speckled-mug/", "/stories/the-kettle-comes-first/"], ids=["product", "story"]
)
def test_a_page_is_printed_without_what_paper_cannot_do(visitors: Visitors, address: str) -> None:
    page = visitors.arrive(color_scheme="dark")
    page.goto(address)
    expect_good_print(page)


def expect_good_print(page: Page) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})  # A4.
    left = page.locator(NOT_FOR_PAPER).evaluate_all(
        "all => all.filter((one) => one.checkVisibility() && one.offsetHeight > 1)"
        ".map((one) => one.outerHTML.slice(0, 80))"
    )
    assert left == []
    assert page.evaluate(PALE_INK) == []
    assert page.evaluate(CLIPPED_TEXT) == []
    assert page.evaluate("() => getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_an_order_is_printed_like_an_order(page: Page) -> None:
    shopper = Shopper(page)
    shopper.order("cedar-hinoki-candle")
    shopper.pay()
    shopper.expect_paid()
    expect_good_print(page)


def test_pages_can_be_kept_by_the_back_button() -> None:
    """A handler of `unload` is what keeps a browser from it."""
    scripts = [*ROOT.glob("static/js/*.js")]
    assert scripts
    assert [path.name for path in scripts if "unload" in path.read_text(encoding="utf-8")] == []
