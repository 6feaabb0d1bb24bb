"""A marketer publishes a campaign alone, and reaches neither prices nor orders."""

import re
import uuid
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.admin import (
    add_block,
    choose_from_menu,
    choose_product,
    publish,
    sign_in,
    write_text,
)
from tests.browser.screens import keep_screen
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

FORBIDDEN = (
    "/admin/orders/order/",
    "/admin/orders/order/?export=csv",
    "/admin/products/",
    "/admin/products/new/",
    "/admin/products/edit/1/",
    "/admin/variants/edit/1/",
    "/admin/stock/",
    "/admin/settings/orders/sellersettings/",
)


def test_a_marketer_publishes_a_landing_page_of_blocks(visitors: Visitors) -> None:
    number = uuid.uuid4().hex[:6]
    title = f"Winter Table {number}"
    page = visitors.arrive()
    sign_in(page, "marketer")
    begin_landing_page(page)
    page.get_by_role("textbox", name="Title").fill(title)
    content = page.get_by_role("region", name="Content")
    write_text(add_block(content, "Text"), "Candles, wool and a pot that keeps warm.")
    grid = add_block(content, "Product grid")
    grid.get_by_role("textbox", name="heading").fill("For long evenings")
    choose_product(grid, "Hearth Teapot")
    keep_screen(page, "admin-landing-page-editor")
    publish(page, title)

    shopper = visitors.arrive()
    shopper.goto(f"/campaigns/winter-table-{number}/")
    expect(shopper.get_by_role("heading", name=title, level=1)).to_be_visible()
    expect(shopper.get_by_text("Candles, wool and a pot that keeps warm.")).to_be_visible()
    expect(shopper.get_by_role("heading", name="For long evenings")).to_be_visible()
    card = shopper.get_by_role("article").filter(has_text="Hearth Teapot")
    expect(card).to_contain_text("€84.00")


SLOW_SAVING = """const quick = window.fetch;
window.fetch = async (address, options) => {
  const answer = await quick(address, options);
  if (options?.body instanceof FormData) await new Promise((done) => setTimeout(done, 1500));
  return answer;
};"""


SAVES_ITSELF = """() => wagtail.app.getControllerForElementAndIdentifier(
  document.querySelector("form[data-controller~=w-autosave]"), "w-autosave"
).submitPromise !== null"""


def test_a_press_of_publish_while_the_page_saves_itself_makes_one_page(visitors: Visitors) -> None:
    number = uuid.uuid4().hex[:6]
    title = f"Pressed Early {number}"
    page = visitors.arrive()
    sign_in(page, "marketer")
    page.add_init_script(SLOW_SAVING)
    begin_landing_page(page)
    field = page.get_by_role("textbox", name="Title")
    with page.expect_request(lambda asked: asked.method == "POST" and "/add/" in asked.url):
        # Wagtail takes what it finds at first for the beginning, so one change may go unnoticed.
        for dots in range(1, 20):
            field.fill(title + "." * dots)
            page.keyboard.press("Tab")
            page.wait_for_timeout(500)
            if page.evaluate(SAVES_ITSELF):
                break
    publish(page, title)

    shopper = visitors.arrive()
    shopper.goto(f"/campaigns/pressed-early-{number}/")
    expect(shopper.get_by_role("heading", name=title, level=1)).to_be_visible()
    page.goto(f"/admin/pages/search/?q=Pressed+Early+{number}")
    expect(page.get_by_role("main").get_by_role("link", name=title)).to_have_count(1)


def test_a_marketer_publishes_a_page_from_a_template_in_a_few_steps(visitors: Visitors) -> None:
    number = uuid.uuid4().hex[:6]
    title = f"First Frost {number}"
    page = visitors.arrive()
    sign_in(page, "marketer")
    hand = CountingHand(page)

    hand.press(page.get_by_role("button", name="Pages"))
    hand.press(page.get_by_role("link", name="Campaigns", exact=True))
    hand.press(page.get_by_role("button", name="Actions", exact=True))
    hand.press(page.get_by_role("link", name="New from template"))
    hand.write(page.get_by_role("textbox", name="Title"), title)
    hand.press(page.get_by_role("radio", name=re.compile("^Season")))
    hand.press(page.get_by_role("button", name="Make the draft"))
    expect(page.get_by_role("status").filter(has_text="was made")).to_contain_text(title)
    content = page.get_by_role("region", name="Content")
    hero = content.get_by_role("region", name=re.compile("^Hero"))
    heading = hero.get_by_role("textbox", name=re.compile("^heading", re.IGNORECASE))
    hand.write(heading, "Kettles on")
    hand.press(content.get_by_role("button", name="Choose a product").first)
    dialog = page.get_by_role("dialog")
    hand.write(dialog.get_by_label("Name or SKU"), "Hearth Teapot")
    hand.press(dialog.get_by_role("link", name="Hearth Teapot"))
    expect(page.get_by_role("dialog")).to_be_hidden()
    keep_screen(page, "admin-page-from-template")
    hand.press(page.get_by_role("button", name="More actions"))
    hand.press(page.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_role("status").filter(has_text="published")).to_contain_text(title)

    # Somebody who takes eight seconds for each step is done in less than two minutes.
    assert hand.steps == 13
    assert hand.steps * 8 < 120
    shopper = visitors.arrive()
    shopper.goto(f"/campaigns/first-frost-{number}/")
    expect(shopper.get_by_role("heading", name="Kettles on", level=1)).to_be_visible()
    card = shopper.get_by_role("article").filter(has_text="Hearth Teapot")
    expect(card).to_contain_text("€84.00")
    expect(shopper.get_by_text("What changes now, in one sentence")).to_have_count(0)


@dataclass
class CountingHand:
    """Presses and writes as a person does, and counts how often."""

    page: Page
    steps: int = 0

    def press(self, target: Locator) -> None:
        self.steps += 1
        target.click()

    def write(self, target: Locator, text: str) -> None:
        self.steps += 1
        target.fill(text)


def test_a_marketer_sees_nothing_of_orders_and_products_in_the_menu(page: Page) -> None:
    sign_in(page, "marketer")
    menu = page.get_by_role("navigation", name="Main menu")
    expect(menu.get_by_role("button", name="Pages")).to_be_visible()
    for name in ("Orders", "Products", "Stock", "Users"):
        expect(menu.get_by_text(name, exact=True)).to_have_count(0)


def test_a_marketer_who_types_an_address_of_prices_or_orders_is_turned_away(page: Page) -> None:
    sign_in(page, "marketer")
    for address in FORBIDDEN:
        page.goto(address)
        expect(page).to_have_url(re.compile("/admin/$"))
        expect(page.get_by_text("you do not have permission to access this area")).to_be_visible()


def begin_landing_page(page: Page) -> None:
    choose_from_menu(page, "Pages", "Campaigns")
    page.get_by_role("link", name="Add child page").click()
