"""The shop clerk finds an order again, by what a shopper says on the phone."""

import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin import choose_from_menu, sign_in
from tests.browser.mailbox import pdf_text
from tests.browser.screens import keep_screen
from tests.browser.shopper import Shopper
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser


def test_the_clerk_finds_an_order_its_invoice_and_its_row_in_the_export(
    visitors: Visitors,
) -> None:
    shopper = Shopper(visitors.arrive(), email="paula.phone@example.com")
    shopper.order("ceremonial-matcha")
    shopper.pay()
    number = shopper.expect_paid()
    page = visitors.arrive()
    sign_in(page, "clerk")
    choose_from_menu(page, "Orders")

    search(page, "paula.phone@example.com")
    expect(page.get_by_role("row").filter(has_text=number)).to_contain_text("€36.90")
    search(page, number.lower())
    expect_only_order(page, number)
    row = read_csv_export(page)
    assert (row["Number"], row["E-mail"], row["Total"]) == (number, shopper.email, "36.90")

    page.get_by_role("row").filter(has_text=number).get_by_role("link", name=number).click()
    expect(page.get_by_role("heading", name=f"Order {number}")).to_be_visible()
    expect(page.get_by_role("table").filter(has_text="FK-MATCHA-30")).to_contain_text("€32.00")
    keep_screen(page, "admin-order")
    invoice = read_invoice(page)
    assert number in invoice
    assert "€36.90" in invoice


def test_a_clerk_opens_the_own_account_and_the_browser_has_nothing_to_complain_about(
    page: Page,
) -> None:
    sign_in(page, "clerk")
    page.goto("/admin/account/")
    zones = page.locator("#id_locale-current_time_zone option")
    expect(zones.filter(has_text="Europe/Berlin")).to_contain_text("Central European Standard Time")


def test_a_search_that_finds_no_order_says_so(page: Page) -> None:
    sign_in(page, "clerk")
    choose_from_menu(page, "Orders")
    search(page, "nobody@example.com")
    expect(page.get_by_text("No order matches.")).to_be_visible()


def search(page: Page, words: str) -> None:
    box = page.get_by_role("textbox", name="Search for")
    box.fill(words)
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"[?&]q="))
    expect(box).to_have_value(words)


def expect_only_order(page: Page, number: str) -> None:
    expect(page.get_by_role("status").filter(has_text="1 order")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=number)).to_have_count(1)


def read_csv_export(page: Page) -> dict[str, str]:
    """The one row of the export, which holds what the list shows."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert len(rows) == 1
    return rows[0]


def read_invoice(page: Page) -> str:
    """The text of the PDF that the browser would show in its viewer."""
    link = page.get_by_role("link", name="Invoice")
    answer = page.request.get(str(link.get_attribute("href")))
    assert answer.headers["content-type"] == "application/pdf"
    return pdf_text(answer.body())
