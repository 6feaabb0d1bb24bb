"""An editor writes a story that sells and hands it in, the editor in chief lets it out, and a
shopper without JavaScript buys what it tells of."""

import re
import uuid

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.admin import (
    add_block,
    add_item,
    approve_from_home,
    choose_fallback,
    choose_from_menu,
    choose_product,
    preview_as,
    save_draft,
    sign_in,
    submit,
    upload_picture,
    waiting_for_review,
)
from tests.browser.look_board import choose_look_picture, click_on, drag_to, expect_place, marker
from tests.browser.screens import keep_screen
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

READING = "Read by an editor"


def test_a_story_goes_from_its_editor_over_the_chief_to_a_shopper_s_cart(
    visitors: Visitors,
) -> None:
    number = uuid.uuid4().hex[:6]
    title, address = f"Slow Tea {number}", f"/stories/slow-tea-{number}/"
    editor = visitors.arrive()
    sign_in(editor, "editor")
    write_story(editor, title, picture=f"slow-tea-{number}")
    save_draft(editor, title)
    expect_preview_as_it_is(editor)
    expect_preview_sold_out(editor)
    keep_screen(editor, "admin-story-preview-sold-out")
    expect_no_publishing(editor)
    submit(editor, "approval", title)
    expect_not_there(visitors, address)

    chief = visitors.arrive()
    sign_in(chief, "chief")
    approve_from_home(chief, title, READING)
    expect(waiting_for_review(chief, title)).to_have_count(0)

    shopper = visitors.arrive(java_script_enabled=False)
    find_story(shopper, title, address)
    expect_points_lead_to_their_products(shopper)
    buy_the_basket(shopper)


# --- The editor -------------------------------------------------------------------------------


def write_story(page: Page, title: str, *, picture: str) -> None:
    choose_from_menu(page, "Pages", "Stories")
    page.get_by_role("link", name="Add child page").click()
    page.get_by_role("textbox", name="Title").fill(title)
    page.get_by_role("textbox", name="Summary").fill("Four minutes, and nothing else to do.")
    upload_picture(page, f"{picture}-cover")
    page.get_by_label("Alternative text of the cover").fill("A towel beside a tray.")
    story = page.get_by_role("region", name="Story", exact=True)
    place_products(add_block(story, "Shop the look"), picture)
    fill_basket(add_block(story, "Story basket"))


def place_products(look: Locator, picture: str) -> None:
    """The first number lies on the picture already; a click adds the second."""
    image = choose_look_picture(look, picture)
    drag_to(marker(look, 1), image, 0.25, 0.75)
    click_on(image, 0.6, 0.3)
    expect(marker(look, 2)).to_be_visible()
    points = look.locator(".look-point")
    for point, (x, y), product in (
        (points.nth(0), ("25", "75"), "Hearth Teapot"),
        (points.nth(1), ("60", "30"), "Round Ash Tray"),
    ):
        expect_place(point, x, y)
        choose_product(point, product)


def fill_basket(basket: Locator) -> None:
    """Two of one thing, and one that is left out when it cannot be bought."""
    basket.get_by_role("textbox", name="Heading").fill("All of it")
    first = basket.get_by_role("region", name=re.compile("^Product")).first
    choose_product(first, "Speckled Mug")
    first.get_by_role("spinbutton", name="How many").fill("2")
    second = add_item(basket, "Product")
    choose_product(second, "Meadow Honey")
    choose_fallback(second, "Leave it out")


def expect_preview_as_it_is(page: Page) -> None:
    page.get_by_role("button", name="Toggle preview").click()
    expect(page.get_by_label("Preview mode")).to_have_value("")  # As it is.
    preview = page.frame_locator("#w-preview-iframe")
    expect(look_of(preview).get_by_role("listitem")).to_have_count(2)
    basket = basket_of(preview)
    expect(basket.get_by_role("listitem")).to_have_count(2)
    expect(basket.get_by_role("button", name="Add all to cart")).to_be_visible()
    expect(preview.get_by_text("Sold out")).to_have_count(0)


def expect_preview_sold_out(page: Page) -> None:
    """What is kept says so, what is left out is named for the editor, and nothing can be bought."""
    preview = preview_as(page, "Sold out")
    look = look_of(preview).get_by_role("listitem")
    expect(look.filter(has_text="Hearth Teapot")).to_contain_text("Sold out")
    expect(look.filter(has_text="Round Ash Tray")).to_contain_text("Sold out")
    basket = basket_of(preview)
    expect(basket.get_by_role("listitem")).to_have_count(1)
    expect(basket.get_by_role("listitem")).to_contain_text("Speckled Mug")
    expect(basket.get_by_role("listitem")).to_contain_text("Sold out")
    expect(basket.get_by_text("Shoppers do not see: Meadow Honey")).to_be_visible()
    expect(basket.get_by_role("button", name="Add all to cart")).to_have_count(0)


def expect_no_publishing(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("button", name="Submit to approval")).to_be_visible()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    page.keyboard.press("Escape")


# --- The shopper ------------------------------------------------------------------------------


def expect_not_there(visitors: Visitors, address: str) -> None:
    page, watch = visitors.arrive_watched()
    watch.expect_answer(404, address)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404


def find_story(page: Page, title: str, address: str) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Stories").click()
    page.get_by_role("link", name=title).click()
    expect(page).to_have_url(re.compile(f"{re.escape(address)}$"))
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


def expect_points_lead_to_their_products(page: Page) -> None:
    for point, product in (("1", "Hearth Teapot"), ("2", "Round Ash Tray")):
        page.get_by_role("link", name=f"{point}: {product}").click()
        expect(page.locator("li:target")).to_contain_text(product)


def buy_the_basket(page: Page) -> None:
    expect(page.get_by_text("Sold out")).to_have_count(0)
    page.get_by_role("button", name="Add all to cart").click()
    expect(page.get_by_role("heading", name="Your cart", level=1)).to_be_visible()
    told = page.get_by_role("status").filter(has_text="Added to your cart")
    expect(told).to_contain_text("Speckled Mug")
    expect(told).to_contain_text("Meadow Honey")
    expect(page.get_by_label("Quantity of Speckled Mug")).to_have_value("2")
    expect(page.get_by_label("Quantity of Meadow Honey")).to_have_value("1")
    expect(page.locator("[data-cart-badge]")).to_contain_text("3 items in your cart")


def look_of(page: FrameLocator) -> Locator:
    return page.locator(".shop-the-look-block")


def basket_of(page: FrameLocator) -> Locator:
    return page.locator(".story-basket-block")
