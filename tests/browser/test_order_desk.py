"""An order at the desk, and what its shopper sees of each step."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.admin import choose_from_menu, sign_in
from tests.browser.mailbox import open_mail, pdf_text, wait_for_mails
from tests.browser.screens import keep_screen, resize
from tests.browser.shopper import Shopper
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

# Pairs of cells of one row whose words are printed on each other. The box to check has a label that
# only screen readers meet.
PRINTED_UPON = """() => {
  const words = (cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return range.getBoundingClientRect();
  };
  const meet = (a, b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return [...document.querySelectorAll("tr:has(td.field-number)")].flatMap((row) => {
    const cells = [...row.querySelectorAll("td:not(.field-check)")];
    return cells.flatMap((one, index) => cells.slice(index + 1)
      .filter((other) => meet(words(one), words(other)))
      .map((other) => `${one.innerText} / ${other.innerText}`));
  });
}"""
PRINTING = re.compile("/print_")  # In the addresses that answer with a PDF.


def test_a_clerk_ships_half_refunds_a_piece_and_cancels_the_rest(visitors: Visitors) -> None:
    shopper = Shopper(visitors.arrive(), email="desk@example.com")
    shopper.order("ceremonial-matcha", quantity=3)
    shopper.pay()
    number = shopper.expect_paid()
    clerk = visitors.arrive()
    sign_in(clerk, "clerk")
    choose_from_menu(clerk, "Orders")
    clerk.get_by_role("link", name=number).click()

    ship(clerk, pieces=2)
    expect_state(shopper, "A part of your order is on its way")

    refund_shipped_piece(clerk, note="The tin was dented.")
    expect_status(clerk, "Partly shipped")
    shopper.page.reload()
    expect(shopper.page.get_by_text("1 given back")).to_be_visible()

    action(clerk, "Cancel").click()
    expect(clerk.get_by_text("1 × Ceremonial Matcha (FK-MATCHA-30) is not shipped")).to_be_visible()
    keep_screen(clerk, "admin-cancel")
    clerk.get_by_role("button", name="Cancel it and give back €32.00").click()
    expect_status(clerk, "Shipped")
    expect(action(clerk, "Ship")).to_have_count(0)
    expect(action(clerk, "Cancel")).to_have_count(0)

    expect_state(shopper, "Your order is on its way")
    expect(shopper.page.get_by_text("2 given back")).to_be_visible()
    given_back = shopper.page.get_by_role("definition").filter(has_text="€64.00")
    expect(given_back).to_have_count(1)
    mails = visitors.arrive()
    open_mail(mails, f"A part of your Fern & Kettle order {number} is on its way")
    mails.goto("/demo/mail/")
    refunds = mails.get_by_role("link", name=f"€32.00 back for your Fern & Kettle order {number}")
    expect(refunds).to_have_count(2)
    refunds.last.click()
    letter = mails.frame_locator("iframe")
    expect(letter.get_by_text("The tin was dented.")).to_be_visible()


@pytest.mark.parametrize("width", [280, 320, 768, 1440])
def test_nothing_in_the_list_is_printed_on_something_else(visitors: Visitors, width: int) -> None:
    clerk = visitors.arrive()
    sign_in(clerk, "clerk")
    clerk.goto("/admin/orders/order/")
    resize(clerk, width)
    expect(clerk.locator("td.field-state").get_by_text("Partly shipped")).not_to_have_count(0)
    assert clerk.evaluate(PRINTED_UPON) == []


def test_a_clerk_prints_the_checked_orders_and_sends_a_mail_again(visitors: Visitors) -> None:
    clerk = visitors.arrive()
    numbers = []
    for quantity in (1, 2):
        shopper = Shopper(visitors.arrive(), email=f"paper{quantity}@example.com")
        shopper.order("ceremonial-matcha", quantity=quantity)
        shopper.pay()
        numbers.append(shopper.expect_paid())
    sign_in(clerk, "clerk")
    choose_from_menu(clerk, "Orders")
    for number in numbers:
        clerk.get_by_role("row").filter(has_text=number).get_by_role("checkbox").check()

    for button, word in (("Packing slips", "Packing slip"), ("Invoices", "Invoice")):
        paper = press_and_print(clerk, button)
        assert paper.count(word) >= len(numbers)
        assert all(number in paper for number in numbers)

    clerk.get_by_role("link", name=numbers[0]).first.click()
    confirmation = clerk.get_by_role("row").filter(has_text="Confirmation with invoice")
    confirmation.get_by_role("button", name="Send again").click()
    expect(clerk.get_by_text("“Confirmation with invoice” is sent again.")).to_be_visible()
    wait_for_mails(
        visitors.arrive(), f"Your Fern & Kettle order {numbers[0]} is confirmed", number=2
    )


def press_and_print(page: Page, button: str) -> str:
    """The text of the PDF that the browser would show in its viewer; the list stays open."""
    printed = []

    def keep(route: Route) -> None:
        printed.append(route.fetch().body())
        route.fulfill(status=204)

    page.route(PRINTING, keep)
    with page.expect_response(PRINTING):
        page.get_by_role("button", name=button, exact=True).click()
    page.unroute(PRINTING, keep)
    [content] = printed
    return pdf_text(content)


def ship(page: Page, *, pieces: int) -> None:
    action(page, "Ship").click()
    page.get_by_label("Ceremonial Matcha").fill(str(pieces))
    page.get_by_role("button", name="Record the parcel").click()
    expect_status(page, "Partly shipped")


def refund_shipped_piece(page: Page, *, note: str) -> None:
    action(page, "Refund").click()
    page.get_by_label("Ceremonial Matcha").last.fill("1")
    page.get_by_label("Message to the customer").fill(note)
    page.get_by_role("button", name="See what it comes to").click()
    expect(page.get_by_text("€32.00 is refunded to Alice Arnold")).to_be_visible()
    keep_screen(page, "admin-refund")
    page.get_by_role("button", name="Give back €32.00").click()
    expect(page.get_by_text("€32.00 are on their way back.")).to_be_visible()


def action(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("link", name=name, exact=True)


def expect_status(page: Page, status: str) -> None:
    expect(page.locator(".order-status")).to_have_text(status)


def expect_state(shopper: Shopper, heading: str) -> None:
    shopper.page.reload()
    expect(shopper.page.get_by_role("heading", name=heading)).to_be_visible()
