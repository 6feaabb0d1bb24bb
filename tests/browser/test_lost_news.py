"""News of Stripe's that never come, and a clerk who finds and mends what they left behind."""

import re

import pytest
from playwright.sync_api import Page, expect

from stripe_sandbox.control_client import ControlClient
from tests.browser.admin import choose_from_menu, sign_in
from tests.browser.screens import keep_screen
from tests.browser.shopper import Shopper
from tests.browser.visitors import Visitors
from tests.services.waiting import eventually

pytestmark = pytest.mark.browser


def test_a_payment_that_no_news_told_of_is_found_and_applied(visitors: Visitors) -> None:
    email = "unheard@example.com"
    pay_without_news(visitors, email)
    clerk = visitors.arrive()
    sign_in(clerk, "clerk")
    choose_from_menu(clerk, "Orders")
    order = clerk.get_by_role("row").filter(has_text=email)
    expect(order).to_contain_text("Awaiting payment")
    number = order.get_by_role("link").first.inner_text()

    choose_from_menu(clerk, "Reports", "Compare with Stripe")
    found = clerk.get_by_role("row").filter(has_text=number)
    expect(found).to_contain_text("€36.90")
    keep_screen(clerk, "admin-stripe-comparison-with-difference")
    found.get_by_role("button", name=re.compile("^Apply")).click()
    expect(clerk.get_by_text(f"Order {number} knows now what Stripe knows.")).to_be_visible()
    expect(found).to_have_count(0)

    choose_from_menu(clerk, "Orders")
    expect(order).to_contain_text("Paid")


def pay_without_news(visitors: Visitors, email: str) -> None:
    """The shopper closes the window once the payment is made, and Stripe's news are lost."""
    shopper = Shopper(visitors.arrive(), email=email)
    shopper.order("ceremonial-matcha")
    session = re.search(r"cs_test_\w+", shopper.page.url)
    assert session
    stripe = ControlClient(visitors.shop.sandbox_url)
    stripe.deliver(drop=True)
    try:
        assert stripe.pay(session.group())["outcome"] == "paid"
        # They are sent in the background, as the sandbox is told to at that moment.
        eventually(lambda: not news_under_way(stripe), "the news are lost")
    finally:
        stripe.deliver()


def news_under_way(stripe: ControlClient) -> list[dict[str, str]]:
    pending = stripe.state()["pending"]
    return [one for one in pending if one["type"] == "checkout.session.completed"]


def test_news_that_no_order_belongs_to_are_replayed_and_change_nothing(page: Page) -> None:
    sign_in(page, "clerk")
    page.goto("/admin/stripe-events/?state=failed")
    page.get_by_role("row").filter(has_text="Refund").get_by_role("link").first.click()
    page.get_by_role("button", name="Replay").click()
    expect(page.get_by_text("No order belongs to it, so nothing was changed.")).to_be_visible()
    keep_screen(page, "admin-stripe-event-replayed")
