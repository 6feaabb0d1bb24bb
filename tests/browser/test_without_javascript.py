"""A whole purchase in a browser whose JavaScript is off: every page is a plain page, every step a
link or a form."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.mailbox import download_pdf, open_mail
from tests.browser.shopper import DECLINED_CARD, Shopper
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visitors: Visitors) -> Page:
    return visitors.arrive(java_script_enabled=False)


def test_a_purchase_needs_no_javascript_from_the_home_page_to_the_invoice(page: Page) -> None:
    shopper = Shopper(page, email="nora@example.com")
    walk_to_the_mug(page)
    shopper.choose("Clay")
    page.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_role("status").filter(has_text="Added: ")).to_be_visible()
    expect(shopper.badge).to_contain_text("1 item in your cart")

    change_quantity(page, "Speckled Mug", 2)
    expect(shopper.badge).to_contain_text("2 items in your cart")
    expect(page.get_by_role("definition").filter(has_text="€56.00")).to_be_visible()

    shopper.begin_checkout()
    shopper.fill_in_address()
    shopper.field("City").clear()
    shopper.go_on_to_payment()
    expect_error_that_leads_to(page, "City")

    shopper.field("City").fill("Berlin")
    shopper.go_on_to_payment()
    expect(page.get_by_text("Speckled Mug (Clay)")).to_be_visible()
    shopper.pay(DECLINED_CARD)
    expect(page.get_by_role("alert")).to_contain_text("Your card was declined.")

    shopper.pay()
    number = shopper.expect_paid()
    expect(page.get_by_role("listitem").filter(has_text="Speckled Mug Clay")).to_contain_text(
        "2 × €28.00"
    )
    expect(shopper.badge).to_be_hidden()
    page.get_by_role("link", name="Cart").click()
    expect(page.get_by_text("There is nothing in your cart yet.")).to_be_visible()

    expect_confirmation_with_invoice(page, number)
    open_mail(page, f"New order {number}: €60.90, Alice Arnold")
    expect(page.get_by_role("definition").filter(has_text="orders@")).to_be_visible()


def test_a_line_is_removed_without_javascript(page: Page) -> None:
    shopper = Shopper(page)
    shopper.add_to_cart("linen-tea-towel", option="Oat")
    shopper.add_to_cart("yunomi-pair", quantity=2)
    expect(shopper.badge).to_contain_text("3 items in your cart")

    page.get_by_role("button", name="Remove Yunomi Pair").click()

    expect(page.get_by_role("status").filter(has_text="Removed")).to_be_visible()
    expect(shopper.badge).to_contain_text("1 item in your cart")
    expect(page.get_by_role("link", name="Linen Tea Towel")).to_be_visible()
    expect(page.get_by_role("link", name="Yunomi Pair")).to_have_count(0)


def test_another_country_brings_its_own_delivery_without_javascript(page: Page) -> None:
    shopper = Shopper(page)
    shopper.add_to_cart("linen-tea-towel", option="Oat")
    shopper.begin_checkout()
    page.get_by_role("main").get_by_label("E-mail").fill("nora@example.com")
    expect(page.get_by_role("radio", name="Standard parcel")).to_be_checked()

    shopper.field("Country").select_option("AT")
    page.get_by_role("button", name="Update delivery options").click()

    expect(page.get_by_role("radio", name="EU parcel")).to_be_checked()
    expect(page.get_by_role("radio", name="Standard parcel")).to_have_count(0)
    expect(page.get_by_role("definition").filter(has_text="€25.90")).to_be_visible()
    expect(page.get_by_role("main").get_by_label("E-mail")).to_have_value("nora@example.com")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_bill_to_a_company_needs_no_javascript(page: Page) -> None:
    shopper = Shopper(page)
    shopper.add_to_cart("linen-tea-towel", option="Oat")
    shopper.begin_checkout()
    expect(shopper.field("Company")).to_be_hidden()
    shopper.fill_in_address()
    shopper.bill_to("Tea & Co.", vat_id="DE123456789")
    shopper.go_on_to_payment()
    expect_error_that_leads_to(page, "VAT ID")
    shopper.field("VAT ID").fill("DE 123 456 788")
    shopper.go_on_to_payment()
    shopper.pay()
    shopper.expect_paid()
    expect(page.get_by_role("main")).to_contain_text("VAT ID DE123456788")


def walk_to_the_mug(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Shop").click()
    expect(page.get_by_role("heading", name="Shop", level=1)).to_be_visible()
    page.get_by_role("link", name="Speckled Mug").click()
    expect(page.get_by_role("heading", name="Speckled Mug", level=1)).to_be_visible()


def change_quantity(page: Page, title: str, quantity: int) -> None:
    page.get_by_label(f"Quantity of {title}").fill(str(quantity))
    page.get_by_role("button", name=f"Update {title}").click()


def expect_error_that_leads_to(page: Page, label: str) -> None:
    """The form came back with one error, whose entry in the summary moves to the field."""
    summary = page.get_by_role("alert")
    expect(summary.get_by_role("listitem")).to_have_count(1)
    field = Shopper(page).field(label)
    expect(field).to_have_attribute("aria-invalid", "true")
    summary.get_by_role("link", name=label).click()
    expect(page).to_have_url(re.compile(rf"#{field.get_attribute('id')}$"))
    expect(field).to_be_in_viewport()


def expect_confirmation_with_invoice(page: Page, number: str) -> None:
    open_mail(page, f"Your Fern & Kettle order {number} is confirmed")
    expect(page.get_by_role("definition").filter(has_text="nora@example.com")).to_be_visible()
    mail = page.frame_locator("iframe")
    expect(mail.get_by_role("cell", name="€60.90")).to_be_visible()
    name = page.get_by_role("link", name=".pdf").inner_text().strip()
    invoice = download_pdf(page, name)
    assert name.removesuffix(".pdf") in invoice
    assert number in invoice
    assert "€60.90" in invoice
