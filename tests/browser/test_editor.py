"""An editor makes a product and tells its story, with nothing but the admin."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin import (
    add_block,
    choose_from_menu,
    choose_product,
    open_product_chooser,
    publish,
    sign_in,
    upload_picture,
    write_text,
)
from tests.browser.screens import keep_screen
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

# Every height that a new block has on its way to its own.
WATCH_BLOCKS_UNFOLD = """() => {
  window.heights = [];
  const resized = new ResizeObserver((entries) => {
    for (const { contentRect } of entries) window.heights.push(Math.round(contentRect.height));
  });
  new MutationObserver(() => {
    const added = document.querySelector("[data-streamfield-child]");
    if (added) resized.observe(added);
  }).observe(document.body, { childList: true, subtree: true });
}"""


def test_an_editor_makes_a_product_with_its_story_and_shoppers_see_it(visitors: Visitors) -> None:
    number = uuid.uuid4().hex[:6]
    title = f"Tea Cozy {number}"
    page = visitors.arrive()
    sign_in(page, "editor")
    choose_from_menu(page, "Products", "New product")
    make_product(page, title, sku=f"COZY-{number}".upper())
    expect_commercial_facts_read_only(page, sku=f"COZY-{number}".upper())

    tell_story(page)
    keep_screen(page, "admin-product-editor")
    expect_preview(page, title)
    publish(page, title)

    expect_in_shop(visitors.arrive(), title, address=f"/shop/tea-cozy-{number}/")


def test_a_choice_of_type_or_collection_shows_its_products_at_once(page: Page) -> None:
    sign_in(page, "marketer")
    choose_from_menu(page, "Pages", "Campaigns")
    page.get_by_role("link", name="Add child page").click()
    content = page.get_by_role("region", name="Content")
    dialog = open_product_chooser(add_block(content, "Product card"))
    titles = dialog.locator("tbody tr td.title")
    expect(titles).to_have_count(12)

    dialog.get_by_label("Type").select_option("Books")
    expect(titles).to_have_text(["The Slow Kitchen"])
    dialog.get_by_label("Type").select_option("All types")
    dialog.get_by_label("Collection").select_option("Coffee")
    expect(titles).not_to_have_count(12)
    expect(dialog.get_by_role("link", name="Gooseneck Kettle")).to_be_visible()


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
def test_a_new_block_unfolds_only_for_who_has_not_asked_for_less_motion(
    motion: str, moves: bool, visitors: Visitors
) -> None:
    page = visitors.arrive(reduced_motion=motion)
    sign_in(page, "marketer")
    choose_from_menu(page, "Pages", "Campaigns")
    page.get_by_role("link", name="Add child page").click()
    content = page.get_by_role("region", name="Content")
    expect(content).to_be_visible()  # Nothing can be watched in a page that is still on its way.
    page.evaluate(WATCH_BLOCKS_UNFOLD)
    add_block(content, "Product card")
    page.wait_for_timeout(700)  # Longer than jQuery takes.
    heights = page.evaluate("heights")
    assert len(heights) >= 1
    assert (len(set(heights)) > 4) == moves, heights


def test_a_product_without_a_price_is_sent_back_with_the_reason(page: Page) -> None:
    sign_in(page, "editor")
    choose_from_menu(page, "Products", "New product")
    page.get_by_label("Name").fill("Nameless price")
    page.get_by_role("textbox", name="SKU").fill("FK-MUG-OAT")
    page.get_by_label("Price in EUR").fill("cheap")
    page.get_by_role("button", name="Make product and page").click()

    expect(page.get_by_text("Enter a number, such as 24.90.")).to_be_visible()
    expect(page.get_by_text("Another variant already has this SKU.")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Nameless price")


def make_product(page: Page, title: str, *, sku: str) -> None:
    page.get_by_label("Name").fill(title)
    page.get_by_role("textbox", name="SKU").fill(sku)
    page.get_by_label("Price in EUR").fill("22.50")
    page.get_by_label("In stock").fill("7")
    upload_picture(page, title)
    page.get_by_role("textbox", name="Alternative text").fill("A quilted cozy over a teapot.")
    page.get_by_role("button", name="Make product and page").click()
    expect(page.get_by_role("status").filter(has_text="Now tell its story.")).to_be_visible()


def expect_commercial_facts_read_only(page: Page, *, sku: str) -> None:
    panel = page.get_by_role("region", name="Price and stock")
    row = panel.get_by_role("row").filter(has_text=sku)
    for text in ("€22.50", "7", "0"):
        expect(row.get_by_role("cell", name=text, exact=True).first).to_be_visible()
    expect(panel.get_by_text("The page is not published.")).to_be_visible()
    expect(panel.get_by_role("textbox")).to_have_count(0)
    expect(panel.get_by_role("spinbutton")).to_have_count(0)


def tell_story(page: Page) -> None:
    page.get_by_role("textbox", name="Summary").fill("Keeps a pot warm for an hour.")
    story = page.get_by_role("region", name="Story")
    write_text(add_block(story, "Text"), "Quilted wool, sewn in Wedding.")
    quote = add_block(story, "Quote")
    quote.get_by_role("textbox", name="quote").fill("My tea has never waited so well.")
    quote.get_by_role("textbox", name="who said it").fill("Mara")
    choose_product(add_block(story, "Product card"), "Speckled Mug")


def expect_preview(page: Page, title: str) -> None:
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", name=title, level=1)).to_be_visible()
    expect(preview.get_by_text("My tea has never waited so well.")).to_be_visible()
    expect(preview.get_by_text("€22.50").first).to_be_visible()
    expect(preview.get_by_role("link", name="Speckled Mug")).to_be_visible()


def expect_in_shop(page: Page, title: str, *, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    expect(page.get_by_text("€22.50").first).to_be_visible()
    form = page.locator("form").filter(has=page.get_by_role("button", name="Add to cart"))
    expect(form.get_by_text("In stock")).to_be_visible()
    expect(page.get_by_role("img", name="A quilted cozy over a teapot.")).to_be_visible()
    expect(page.get_by_text("Keeps a pot warm for an hour.")).to_be_visible()
    expect(page.get_by_text("Quilted wool, sewn in Wedding.")).to_be_visible()
    expect(page.get_by_text("My tea has never waited so well.")).to_be_visible()
    card = page.get_by_role("complementary", name="Speckled Mug")
    expect(card.get_by_text("€28.00")).to_be_visible()
    page.goto("/shop/")
    expect(page.get_by_role("link", name=title)).to_be_visible()
