"""What shoppers do, in their own words: by labels and names of buttons, never by a path of tags."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

GOOD_CARD = "4242 4242 4242 4242"
DECLINED_CARD = "4000 0000 0000 0002"
CARD_WITH_3D_SECURE = "4000 0025 0000 3155"

ADDRESS = {
    "Name": "Alice Arnold",
    "Address": "Gartenweg 3",
    "Postal code": "10115",
    "City": "Berlin",
}


@dataclass
class Shopper:
    page: Page
    email: str = "alice@example.com"

    @property
    def badge(self) -> Locator:
        """The number at the link to the cart."""
        return self.page.locator("[data-cart-badge]")

    def field(self, label: str) -> Locator:
        """The field with exactly this label, also where "(optional)" stands behind it. The address
        of the delivery stands before that of the bill."""
        return self.page.get_by_label(re.compile(rf"^{label}( \(optional\))?$")).first

    def choose(self, option: str) -> None:
        """Ticks a variant, such as "Sage"."""
        self.page.get_by_role("radio", name=option).check()

    def add_to_cart(self, product: str, *, quantity: int = 1, option: str = "") -> None:
        """From the product's page at /shop/`product`/ into the cart, which is shown then: at once
        where JavaScript is off, else by the link in the answer beside the button."""
        self.page.goto(f"/shop/{product}/")
        if option:
            self.choose(option)
        self.page.get_by_label("Quantity").fill(str(quantity))
        self.page.get_by_role("button", name="Add to cart").click()
        heading = self.page.get_by_role("heading", name="Your cart")
        link = self.page.get_by_role("link", name="View cart")
        expect(heading.or_(link)).to_be_visible()
        if link.is_visible():
            link.click()
        expect(heading).to_be_visible()

    def begin_checkout(self) -> None:
        """From the cart to the form."""
        self.page.get_by_role("link", name="Checkout").click()
        expect(self.page.get_by_role("heading", name="Checkout", level=1)).to_be_visible()

    def fill_in_address(self) -> None:
        self.field("E-mail").fill(self.email)
        for label, value in ADDRESS.items():
            self.field(label).fill(value)
        self.field("Country").select_option("DE")
        self.page.get_by_role("checkbox", name="I accept the terms of sale").check()

    def bill_to(self, company: str, *, vat_id: str = "") -> None:
        """Opens what is asked about the bill, whose address is that of the delivery."""
        self.page.get_by_role("checkbox", name="The bill goes to a company").check()
        self.field("Company").fill(company)
        self.field("VAT ID").fill(vat_id)

    def go_on_to_payment(self) -> None:
        """Sends the form; on Stripe's page then, if it was complete."""
        self.page.get_by_role("button", name="Continue to payment").click()

    def order(self, product: str, *, option: str = "", quantity: int = 1) -> None:
        """The whole way to Stripe's page."""
        self.add_to_cart(product, option=option, quantity=quantity)
        self.begin_checkout()
        self.fill_in_address()
        self.go_on_to_payment()
        expect(self.page.get_by_role("button", name="Pay")).to_be_visible()

    def pay(self, card: str = GOOD_CARD) -> None:
        """On Stripe's page: types the card and presses Pay."""
        self.page.get_by_label("Card number").fill(card)
        self.page.get_by_label("Expiry date").fill("12 / 40")
        self.page.get_by_label("CVC").fill("123")
        self.page.get_by_label("Name on card").fill("Alice Arnold")
        self.page.get_by_role("button", name="Pay").click()

    def expect_paid(self) -> str:
        """On the order's page, which says that it is paid; returns the order's number."""
        expect(
            self.page.get_by_role("heading", name="Thank you. Your order is paid.")
        ).to_be_visible()
        found = re.search(r"Order (\S+)", self.page.title())
        assert found, self.page.title()
        return found.group(1)
