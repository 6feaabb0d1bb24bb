"""A dispute, from the bank that opens it to the one that decides, as the clerk lives through it."""

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.admin import choose_from_menu, sign_in
from tests.browser.screens import keep_screen
from tests.browser.shopper import Shopper
from tests.browser.visitors import PATIENCE_MS, Visitors

pytestmark = pytest.mark.browser

NEEDS_ANSWER = "The shopper's bank wants the money back and waits for an answer, in Stripe."


def test_the_clerk_hears_of_a_dispute_finds_its_deadline_and_sees_it_closed(
    visitors: Visitors,
) -> None:
    shopper = Shopper(visitors.arrive(), email="dora.dispute@example.com")
    shopper.order("ceremonial-matcha")
    shopper.pay()
    number = shopper.expect_paid()
    clerk = visitors.arrive()
    sign_in(clerk, "clerk")
    open_order(clerk, number)
    payment = find_payment(clerk)

    bank = visitors.arrive()
    press(bank, visitors.shop.sandbox_url, f"Dispute: {payment}")
    deadline = bank.get_by_role("row").filter(has_text=payment).filter(has_text="needs response")
    expect(deadline).to_be_visible()
    dispute = re.search(r"du_\w+", deadline.inner_text())
    assert dispute

    choose_from_menu(clerk, "Orders")
    wait_for(clerk, concern(clerk, NEEDS_ANSWER, number))
    keep_screen(clerk, "admin-orders-with-dispute")
    concern(clerk, NEEDS_ANSWER, number).click()
    expect(clerk.get_by_text(NEEDS_ANSWER)).to_be_visible()
    row = clerk.get_by_role("row").filter(has_text=dispute.group())
    expect(row).to_contain_text("Needs an answer")
    expect(row).to_contain_text(re.compile(r"until \d{1,2} \w+ \d{4}"))
    expect(row).to_contain_text("€36.90")
    link = row.get_by_role("link", name=dispute.group())
    expect(link).to_have_attribute("href", f"{visitors.shop.sandbox_url}/")
    keep_screen(clerk, "admin-order-with-dispute")

    press(bank, visitors.shop.sandbox_url, f"Answer: {dispute.group()}")
    wait_for(clerk, row.filter(has_text="With the bank"))
    expect(row).not_to_contain_text("until")
    press(bank, visitors.shop.sandbox_url, f"Win: {dispute.group()}")
    wait_for(clerk, row.filter(has_text="Won"))
    expect(clerk.get_by_text("bank is deciding")).to_have_count(0)
    choose_from_menu(clerk, "Orders")
    attention = clerk.get_by_role("region", name=re.compile("attention"))
    expect(attention.get_by_role("link", name=number)).to_have_count(0)

    choose_from_menu(clerk, "Stripe events")
    told = clerk.get_by_role("row").filter(has_text=number)
    for words in ("Checkout completed", "Dispute opened", "Dispute changed", "Dispute closed"):
        expect(told.filter(has_text=words)).to_contain_text("Applied", ignore_case=True)


def open_order(page: Page, number: str) -> None:
    choose_from_menu(page, "Orders")
    page.get_by_role("link", name=number).first.click()
    expect(page.get_by_role("heading", name=f"Order {number}")).to_be_visible()


def find_payment(page: Page) -> str:
    text = page.get_by_role("link", name=re.compile(r"^pi_")).inner_text()
    assert text.startswith("pi_"), text
    return text


def press(bank: Page, sandbox: str, button: str) -> None:
    """On the start page of the sandbox, as somebody at a bank or in Stripe's dashboard would."""
    bank.goto(sandbox)
    bank.get_by_role("button", name=button).click()
    expect(bank.get_by_role("button", name=button)).to_have_count(0)


def concern(page: Page, words: str, number: str) -> Locator:
    """The link to the order below these words, in the list of what needs attention."""
    item = page.get_by_role("listitem").filter(has_text=words)
    return item.get_by_role("link", name=number)


def wait_for(page: Page, found: Locator) -> None:
    """Looks again until the news is there, which comes by itself within moments."""
    end = time.monotonic() + PATIENCE_MS / 1000
    while not found.count() and time.monotonic() < end:
        page.reload()
    expect(found).to_be_visible()
