"""The accountant takes a month along, and it is what Stripe has on its own books."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import stripe
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.admin import choose_from_menu, sign_in
from tests.browser.screens import keep_screen
from tests.browser.shopper import Shopper
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Books:
    """What was taken and given back, in all."""

    taken: Decimal
    given_back: Decimal

    def since(self, earlier: "Books") -> "Books":
        return Books(self.taken - earlier.taken, self.given_back - earlier.given_back)


def test_a_month_taken_along_agrees_with_stripe_to_the_cent(visitors: Visitors) -> None:
    """Compared is what comes to both books in this test: the demo's own orders were never paid
    anywhere."""
    accountant = visitors.arrive()
    sign_in(accountant, "accountant")
    stripes, sales, taxes = (
        books_of_stripe(visitors),
        read_sales(accountant),
        read_taxes(accountant),
    )
    refunds = read_refunds(accountant)

    sell_and_refund(visitors)

    added = books_of_stripe(visitors).since(stripes)
    assert added == Books(Decimal("100.90"), Decimal("32.00"))
    assert read_sales(accountant).since(sales) == added
    keep_screen(accountant, "admin-sales-of-a-month")
    assert read_taxes(accountant).since(taxes) == added
    assert read_refunds(accountant) - refunds == added.given_back


def test_an_accountant_reads_an_order_and_changes_nothing(page: Page) -> None:
    sign_in(page, "accountant")
    page.goto("/admin/orders/order/?q=emil.novak@example.com")  # One of the demo's orders.
    page.get_by_role("row").filter(has_text="Partly shipped").get_by_role("link").first.click()
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name=re.compile("^Invoice"))).to_be_visible()
    for action in ("Ship", "Refund", "Cancel"):
        expect(main.get_by_role("link", name=action, exact=True)).to_have_count(0)


def test_who_was_given_the_reports_alone_sees_no_customers(page: Page) -> None:
    sign_in(page, "bookkeeper")
    menu = page.get_by_role("navigation", name="Main menu")
    expect(menu.get_by_role("button", name="Reports")).to_be_visible()
    expect(menu.get_by_role("link", name="Orders")).to_have_count(0)
    expect(menu.get_by_role("link", name="Stripe events")).to_have_count(0)


def sell_and_refund(visitors: Visitors) -> None:
    """Two orders, of 36.90 and 64.00, and one of three tins given back."""
    for quantity in (1, 2):
        shopper = Shopper(visitors.arrive(), email=f"books{quantity}@example.com")
        shopper.order("ceremonial-matcha", quantity=quantity)
        shopper.pay()
        number = shopper.expect_paid()
    clerk = visitors.arrive()
    sign_in(clerk, "clerk")
    choose_from_menu(clerk, "Orders")
    clerk.get_by_role("link", name=number).first.click()
    clerk.get_by_role("main").get_by_role("link", name="Refund", exact=True).click()
    clerk.get_by_label("Ceremonial Matcha").last.fill("1")
    clerk.get_by_role("button", name="See what it comes to").click()
    clerk.get_by_role("button", name="Give back €32.00").click()
    expect(clerk.get_by_text("€32.00 are on their way back.")).to_be_visible()


def books_of_stripe(visitors: Visitors) -> Books:
    """The sums of Stripe's own lists of charges and refunds."""
    client = stripe.StripeClient("sk_test_x", base_addresses={"api": visitors.shop.sandbox_url})
    charges = client.v1.charges.list({"limit": 100}).auto_paging_iter()
    refunds = client.v1.refunds.list({"limit": 100}).auto_paging_iter()
    return Books(
        sum((one.amount_captured * CENT for one in charges), start=Decimal(0)),
        sum((one.amount * CENT for one in refunds if one.status == "succeeded"), start=Decimal(0)),
    )


def read_sales(page: Page) -> Books:
    return sums(page, "Sales by day", "Revenue", "Refunded")


def read_taxes(page: Page) -> Books:
    books = sums(page, "Tax by country and rate", "Invoiced, with tax", "Refunded, with tax")
    assert sums(page, "Tax by country and rate", "Left, without tax", "Tax") != Books(
        Decimal(0), Decimal(0)
    )
    return books


def read_refunds(page: Page) -> Decimal:
    rows = list(export(page, "Refunds"))
    return sum((Decimal(row["Amount"]) for row in rows if row["State"] == "Given back"), Decimal(0))


def sums(page: Page, report: str, taken: str, given_back: str) -> Books:
    rows = list(export(page, report))
    return Books(
        sum((Decimal(row[taken]) for row in rows), start=Decimal(0)),
        sum((Decimal(row[given_back]) for row in rows), start=Decimal(0)),
    )


def export(page: Page, report: str) -> Iterator[dict[str, str]]:
    """The rows of this month as CSV; the workbook holds the same, with numbers as numbers."""
    choose_from_menu(page, "Reports", report)
    page.get_by_role("link", name="This month").click()
    rows = list(csv.DictReader(StringIO(download(page, "CSV").decode("utf-8-sig"))))
    sheet = load_workbook(BytesIO(download(page, "XLSX"))).active
    head, *lines = list(sheet.rows)
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        for name, cell in zip(head, line, strict=True):
            assert cell.data_type in {"s", "inlineStr", "n", "d"}, cell  # No formula, no error.
            if cell.data_type == "n" and cell.value is not None:
                assert Decimal(str(cell.value)) == Decimal(row[name.value])
    yield from rows


def download(page: Page, kind: str) -> bytes:
    page.get_by_role("button", name="Actions").click()
    with page.expect_download() as found:
        page.get_by_role("link", name=f"Download {kind}").click()
    page.keyboard.press("Escape")
    return Path(found.value.path()).read_bytes()
