"""A marketer places products on a picture and puts a basket together; a shopper without JavaScript
buys from the page."""

import uuid

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.admin import (
    add_block,
    choose_from_menu,
    choose_product,
    publish,
    sign_in,
)
from tests.browser.look_board import choose_look_picture, drag_to, expect_place, marker
from tests.browser.screens import keep_screen
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser


def test_products_are_placed_on_a_picture_and_bought_from_a_basket(visitors: Visitors) -> None:
    number = uuid.uuid4().hex[:6]
    page = visitors.arrive()
    sign_in(page, "marketer")
    choose_from_menu(page, "Pages", "Campaigns")
    page.get_by_role("link", name="Add child page").click()
    page.get_by_role("textbox", name="Title").fill(f"Morning {number}")
    content = page.get_by_role("region", name="Content")
    place_products(add_block(content, "Shop the look"), f"morning-{number}")
    keep_screen(page, "admin-shop-the-look")
    choose_product(add_block(content, "Story basket"), "Speckled Mug")
    publish(page, f"Morning {number}")

    shopper = visitors.arrive(java_script_enabled=False)
    shopper.goto(f"/campaigns/morning-{number}/")
    point = shopper.get_by_role("link", name="1: Hearth Teapot")
    point.click()
    expect(shopper.locator("li:target")).to_contain_text("Hearth Teapot")
    shopper.get_by_role("button", name="Add all to cart").click()
    told = shopper.get_by_role("status").filter(has_text="Added to your cart: Speckled Mug.")
    expect(told).to_be_visible()


def place_products(look: Locator, picture: str) -> None:
    """One product by dragging and the arrow keys; its numbers follow."""
    image = choose_look_picture(look, picture)
    first = marker(look, 1)
    first.focus()
    expect_place(look, "50", "50")
    first.press("ArrowRight")
    first.press("Shift+ArrowUp")
    expect_place(look, "51", "45")
    drag_to(first, image, 0.25, 0.75)
    expect_place(look, "25", "75")
    choose_product(look, "Hearth Teapot")
