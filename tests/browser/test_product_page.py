"""The page of a product as a shopper uses it: pictures, options, the cart, the bar; with JavaScript
and without."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.keyboard import tab_to
from tests.browser.screens import keep_screen, measure_every_width
from tests.browser.shopper import Shopper
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

PLATES = "/shop/stoneware-plates/"  # Two options; charcoal comes in 27 cm, sage in 27 is sold out.
TWO_PICTURES = "/shop/pour-over-set/"  # Also reduced.
PHONE = {"width": 375, "height": 667}


def told(page: Page) -> Locator:
    return page.locator("product-options [data-told]")


def answer(page: Page) -> Locator:
    return page.locator("add-to-cart [data-answer]").first


def price(page: Page) -> Locator:
    return page.locator(".product__price")


# --- Pictures ----------------------------------------------------------------------------------


def test_the_pictures_open_large_and_the_keyboard_moves_enlarges_and_closes_them(
    page: Page,
) -> None:
    page.goto(TWO_PICTURES)
    links = page.locator(".product__large")
    assert links.count() == 2
    links.nth(1).focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Picture")
    expect(dialog.get_by_text("2 / 2")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_text("1 / 2")).to_be_visible()
    zoom = dialog.get_by_role("button", name="Enlarge")
    expect(zoom).to_have_attribute("aria-pressed", "false")
    fitted = dialog.locator("img").bounding_box()
    zoom.press("Enter")
    expect(zoom).to_have_attribute("aria-pressed", "true")
    enlarged = dialog.locator("img").bounding_box()
    assert fitted is not None
    assert enlarged is not None
    assert enlarged["height"] > 1.4 * fitted["height"]
    page.keyboard.press("ArrowLeft")
    expect(dialog.get_by_text("2 / 2")).to_be_visible()
    expect(zoom).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(links.nth(1)).to_be_focused()


def test_on_a_small_screen_the_pictures_are_a_strip_that_snaps(visitors: Visitors) -> None:
    page = visitors.arrive(viewport=PHONE)
    page.goto(TWO_PICTURES)
    strip = page.locator(".product__strip")
    assert strip.evaluate("(strip) => strip.scrollWidth > strip.clientWidth")
    assert strip.evaluate("(strip) => getComputedStyle(strip).scrollSnapType") == "inline mandatory"
    strip.evaluate("(strip) => strip.scrollBy(strip.clientWidth * 0.7, 0)")
    expect(page.locator(".product__large").nth(1)).to_be_in_viewport(ratio=0.9)


def test_without_javascript_a_picture_leads_to_its_large_form(visitors: Visitors) -> None:
    page = visitors.arrive(java_script_enabled=False)
    page.goto(TWO_PICTURES)
    page.locator(".product__large").first.click()
    page.wait_for_url(re.compile(r"/media/images/.*\.webp$"))


# --- Options -----------------------------------------------------------------------------------


def test_price_and_stock_of_the_chosen_combination_are_said_at_once(page: Page) -> None:
    page.goto(PLATES)
    expect(told(page)).to_have_text(re.compile(r"Oat in 21 cm\s+€24\.00\s+In stock"))
    expect(price(page)).to_have_text("€24.00", use_inner_text=True)
    shopper = Shopper(page)
    shopper.choose("27 cm")
    expect(told(page)).to_have_text(re.compile(r"Oat in 27 cm\s+€32\.00\s+In stock"))
    expect(price(page)).to_have_text("€32.00", use_inner_text=True)
    expect(page.get_by_label("Quantity")).to_have_attribute("max", "16")
    expect(page.get_by_role("radio", name="Sage sold out")).to_be_visible()


def test_what_is_not_made_or_sold_out_is_marked_and_said(page: Page) -> None:
    page.goto(PLATES)
    expect(page.get_by_role("radio", name="Charcoal not made")).to_be_visible()
    expect(page.get_by_role("group", name="Glaze").get_by_role("radio")).to_have_count(3)
    shopper = Shopper(page)
    shopper.choose("Charcoal")
    expect(told(page)).to_have_text("Charcoal in 21 cm is not made. It comes in 27 cm.")
    expect(page.get_by_role("radio", name="Charcoal", exact=True)).to_be_checked()
    expect(page.get_by_role("radio", name="21 cm not made")).to_be_checked()
    line = "getComputedStyle(label).textDecorationLine"
    small = page.locator(".option--gone .option__label", has_text="21 cm")
    assert small.evaluate(f"(label) => {line}") == "line-through"

    page.get_by_role("button", name="Add to cart").click()
    expect(answer(page)).to_have_text("Charcoal in 21 cm is not made. It comes in 27 cm.")
    expect(shopper.badge).to_be_hidden()

    shopper.choose("Sage")
    shopper.choose("27 cm")
    expect(told(page)).to_have_text("Sage in 27 cm is sold out. There is still 21 cm.")
    shopper.choose("21 cm")
    expect(told(page)).to_contain_text("Only 4 left")


def test_an_address_with_a_sku_opens_with_its_combination(page: Page) -> None:
    page.goto(f"{PLATES}?sku=FK-PLATE-CHAR-L")
    expect(page.get_by_role("radio", name="Charcoal")).to_be_checked()
    expect(page.get_by_role("radio", name="27 cm")).to_be_checked()
    expect(price(page)).to_have_text("€34.00", use_inner_text=True)


def test_without_javascript_options_are_chosen_again_until_there_is_one(
    visitors: Visitors,
) -> None:
    page, watch = visitors.arrive_watched(java_script_enabled=False)
    watch.expect_answer(422, "/cart/add/")
    page.goto(PLATES)
    page.get_by_text("All there are, with price and stock").click()
    expect(page.get_by_role("listitem").filter(has_text="Charcoal in 27 cm")).to_be_visible()
    shopper = Shopper(page)
    shopper.choose("Charcoal")
    page.get_by_label("Quantity").fill("2")
    page.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_role("alert")).to_have_text(
        "Charcoal in 21 cm is not made. It comes in 27 cm."
    )
    expect(page.get_by_role("radio", name="Charcoal")).to_be_checked()
    expect(page.get_by_label("Quantity")).to_have_value("2")
    shopper.choose("27 cm")
    page.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_role("heading", name="Your cart")).to_be_visible()
    added = page.get_by_role("status").filter(has_text="Added: Stoneware Plates")
    expect(added).to_contain_text("(Charcoal / 27 cm) × 2")


# --- The cart ----------------------------------------------------------------------------------


def test_a_product_is_added_without_leaving_the_page_and_the_badge_follows(page: Page) -> None:
    page.goto("/shop/milk-jug/")
    page.get_by_label("Quantity").fill("2")
    page.get_by_role("button", name="Add to cart").click()
    expect(answer(page)).to_contain_text("Added: Milk Jug (Milk) × 2")
    assert page.url.endswith("/shop/milk-jug/")
    expect(Shopper(page).badge).to_contain_text("2 items in your cart")
    expect(page.get_by_role("link", name="Check out")).to_be_visible()
    page.get_by_role("link", name="View cart").click()
    expect(page.get_by_role("heading", name="Your cart")).to_be_visible()
    expect(page.get_by_text("Added: Milk Jug")).to_be_hidden()


def test_a_server_that_fails_is_told_of_beside_the_button(visitors: Visitors) -> None:
    page, watch = visitors.arrive_watched()
    watch.expect_answer(503, "/cart/add/")
    page.goto(TWO_PICTURES)
    page.route("**/cart/add/", lambda route: route.fulfill(status=503, body="<h1>Sorry</h1>"))
    page.get_by_role("button", name="Add to cart").click()
    expect(answer(page)).to_have_text("It could not be added just now. Please try again.")
    page.unroute("**/cart/add/")
    page.get_by_role("button", name="Add to cart").click()
    expect(answer(page)).to_contain_text("Added: Pour-Over Set × 1")


def test_a_reduced_price_says_in_words_what_it_was(page: Page) -> None:
    page.goto(TWO_PICTURES)
    expect(price(page)).to_have_text(
        re.compile(r"€56\.00\s+Lowest price of the last 30 days before: €68\.00"),
        use_inner_text=True,
    )
    assert measure_every_width(page, "A reduced product") == []


# --- The bar -----------------------------------------------------------------------------------


def test_the_bar_follows_once_the_button_is_passed_and_buys_the_same(visitors: Visitors) -> None:
    page = visitors.arrive(viewport=PHONE)
    page.goto(PLATES)
    bar = page.get_by_role("region", name="Buy")
    expect(bar).to_be_hidden()
    Shopper(page).choose("27 cm")
    page.locator(".product__story").scroll_into_view_if_needed()
    page.mouse.wheel(0, 2000)
    expect(bar).to_be_visible()
    expect(bar.locator(".buy-bar__title")).to_have_text(
        re.compile(r"Stoneware Plates\s+Oat in 27 cm")
    )
    expect(bar.locator(".buy-bar__price")).to_have_text("€32.00", use_inner_text=True)
    bar.get_by_role("button", name="Add to cart").click()
    expect(bar.get_by_role("status")).to_contain_text("Added: Stoneware Plates (Oat / 27 cm) × 1")
    expect(Shopper(page).badge).to_contain_text("1 item in your cart")
    keep_screen(page, "product-buy-bar")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    bar.get_by_role("link", name="View cart").click()
    expect(page.get_by_role("heading", name="Your cart")).to_be_visible()


def test_the_end_of_the_page_does_not_lie_below_the_bar(visitors: Visitors) -> None:
    page = visitors.arrive(viewport=PHONE)
    page.goto(PLATES)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    bar = page.get_by_role("region", name="Buy")
    expect(bar).to_be_visible()
    top = bar.bounding_box()
    assert top is not None
    ends = page.locator(".site-footer :is(a, p, label):visible").evaluate_all(
        "words => words.map((one) => one.getBoundingClientRect().bottom)"
    )
    assert max(ends) <= top["y"]


def test_the_bar_hides_nothing_that_has_the_focus(visitors: Visitors) -> None:
    page = visitors.arrive(viewport=PHONE)
    page.goto(PLATES)
    page.locator(".product__story").scroll_into_view_if_needed()
    page.mouse.wheel(0, 1500)
    bar = page.get_by_role("region", name="Buy")
    expect(bar).to_be_visible()
    page.locator(".product__story a").first.focus()
    for _number in range(8):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => ({bottom: document.activeElement.getBoundingClientRect().bottom,"
            " top: document.querySelector('buy-bar').getBoundingClientRect().top})"
        )
        assert focused["bottom"] <= focused["top"], focused


def test_there_is_no_bar_on_wide_screens_in_print_or_without_javascript(
    visitors: Visitors,
) -> None:
    wide = visitors.arrive(viewport={"width": 1440, "height": 700})
    wide.goto(PLATES)
    wide.mouse.wheel(0, 3000)
    expect(wide.locator("buy-bar[shown]")).to_have_count(1)
    expect(wide.locator("buy-bar")).to_be_hidden()
    phone = visitors.arrive(viewport=PHONE)
    phone.goto(PLATES)
    phone.mouse.wheel(0, 3000)
    expect(phone.locator("buy-bar")).to_be_visible()
    phone.emulate_media(media="print")
    expect(phone.locator("buy-bar")).to_be_hidden()
    plain = visitors.arrive(viewport=PHONE, java_script_enabled=False)
    plain.goto(f"{PLATES}#delivery")
    expect(plain.locator("buy-bar")).to_be_hidden()


# --- The way down ------------------------------------------------------------------------------


def test_the_parts_of_the_page_stand_in_the_order_of_a_decision(page: Page) -> None:
    page.goto(PLATES)
    headings = page.get_by_role("heading", level=2).all_text_contents()
    wanted = ["Details", "Delivery and returns", "In our stories"]
    assert [one.strip() for one in headings if one.strip() in wanted] == wanted
    page.get_by_role("link", name="Delivery and returns").click()
    expect(page.get_by_role("heading", name="Delivery and returns")).to_be_in_viewport()


def test_the_keyboard_chooses_a_combination(page: Page) -> None:
    page.goto(PLATES)
    page.locator(".product__large").first.focus()
    tab_to(page, "Oat")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Sage")).to_be_checked()
    tab_to(page, "21 cm")
    page.keyboard.press("ArrowRight")
    expect(told(page)).to_have_text("Sage in 27 cm is sold out. There is still 21 cm.")
