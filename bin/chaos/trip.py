"""What a person does from a product's page to the return from paying."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bin.chaos.browser import REDIRECTS, Browser, ConnectionLost, Page
from bin.chaos.diary import Outcome
from bin.chaos.kinds import Way
from bin.chaos.plan import Shopper, Visit

GOOD_CARD, ASKING_CARD, BAD_CARD = "4242424242424242", "4000002500003155", "4000000000000002"
TRIES_TO_PAY = 6
PAUSE_BEFORE_TRY = 1.5
CHANGES_OF_CART = 4


@dataclass
class Trip:
    """One shopper on the way through the shop."""

    shop: str
    sandbox: str
    paths: Sequence[str]
    shopper: Shopper
    browser: Browser

    def make(self, visit: Visit) -> Outcome:
        try:
            return self._shop(visit)
        except ConnectionLost:
            return Outcome.LOST

    def _shop(self, visit: Visit) -> Outcome:
        twice = visit.way is Way.DOUBLE_CLICK
        for position, quantity in visit.cart:
            page = self.browser.get(self.shop + self.paths[position])
            form = page.form_to(lambda path: path == "/cart/add/")
            if form is not None:
                self.browser.submit(form, quantity=str(quantity))
        page = self._go_to_checkout()
        if page.form_with("checkout_token") is None:
            return Outcome.SOLD_OUT
        if visit.way is Way.ABANDON_CHECKOUT:
            return Outcome.ABANDONED
        page = self._order(page, twice=twice)
        if visit.way is Way.BACK_THEN_PAYS and self._is_at_payment(page):
            page = self._go_to_checkout()
            if page.form_with("checkout_token") is None:
                return Outcome.SOLD_OUT
            page = self._order(page, twice=False)
        return self._pay(page, visit.way)

    def _go_to_checkout(self) -> Page:
        """The checkout; what the cart says is gone is taken out of it first."""
        for _change in range(CHANGES_OF_CART):
            page = self.browser.get(f"{self.shop}/checkout/")
            remove = page.form_to(lambda path: path == "/cart/remove/")
            if page.form_with("checkout_token") is not None or remove is None:
                return page
            self.browser.submit(remove)
        return page

    def _order(self, page: Page, *, twice: bool) -> Page:
        form = page.form_with("checkout_token")
        assert form is not None
        number = self.shopper.number
        filled = {
            "email": f"shopper-{number}@example.com",
            "name": f"Shopper {number}",
            "address_line1": f"Gartenweg {number}",
            "postal_code": "10115",
            "city": "Berlin",
            "country": "DE",
            "accept_terms": "on",
        }
        send = self.browser.submit_twice if twice else self.browser.submit
        page = self._try_again(send(form, **filled))
        changed = page.form_with("checkout_token")
        if changed is not None and changed.fields["quote"] != form.fields["quote"]:
            # An earlier order was paid meanwhile, and its goods have left the cart: the page asks
            # to agree to what the others cost.
            page = self._try_again(send(changed, **filled))
        return page

    def _try_again(self, page: Page) -> Page:
        """Presses *Pay now* on the page that says that the payment page is not to be had."""
        for _try in range(TRIES_TO_PAY):
            form = page.form_to(lambda path: path.endswith("/pay/"))
            if self._is_at_payment(page) or form is None:
                return page
            time.sleep(PAUSE_BEFORE_TRY)
            page = self.browser.submit(form)
        return page

    def _is_at_payment(self, page: Page) -> bool:
        return page.address.startswith(f"{self.sandbox}/c/pay/")

    def _pay(self, page: Page, way: Way) -> Outcome:
        if not self._is_at_payment(page):
            return self._without_payment(page)
        if way is Way.ABANDON_PAYMENT:
            return Outcome.ABANDONED
        if way in (Way.DECLINED, Way.DECLINED_THEN_PAYS):
            page = self._send_card(page, BAD_CARD)
            if way is Way.DECLINED:
                return Outcome.DECLINED
        page = self._send_card(
            page,
            ASKING_CARD if way is Way.AUTHENTICATE else GOOD_CARD,
            twice=way is Way.DOUBLE_CLICK,
            comes_back=way is not Way.PAY_AND_LEAVE,
        )
        asks = page.form_to(lambda path: path.endswith("/authenticate"))
        if asks is not None:
            page = self.browser.submit(asks, outcome="complete")
        if way is Way.PAY_AND_LEAVE and page.status in REDIRECTS:
            return Outcome.PAID
        if way is Way.PAY_AND_RETURN_TWICE:
            self.browser.get(page.address)
            page = self.browser.get(page.address)
        return self._after_paying(page)

    def _send_card(
        self, page: Page, number: str, *, twice: bool = False, comes_back: bool = True
    ) -> Page:
        form = page.form_with("cardNumber")
        if form is None:
            return page
        card = {
            "cardNumber": number,
            "cardExpiry": f"12 / {(datetime.now(UTC).year + 2) % 100:02d}",
            "cardCvc": "123",
            "billingName": f"Shopper {self.shopper.number}",
        }
        if not comes_back:
            return self.browser.submit_and_leave(form, **card)
        send = self.browser.submit_twice if twice else self.browser.submit
        return send(form, **card)

    def _after_paying(self, page: Page) -> Outcome:
        if page.path.startswith("/orders/") and page.status == 200:
            return Outcome.PAID
        return Outcome.CLOSED if self._is_at_payment(page) else Outcome.STRANGE

    def _without_payment(self, page: Page) -> Outcome:
        if page.form_to(lambda path: path.endswith("/pay/")) and page.status == 503:
            return Outcome.PROVIDER
        if page.path == "/cart/":
            return Outcome.SOLD_OUT
        # An order that was paid or closed meanwhile shows its own page.
        return Outcome.CLOSED if page.path.startswith("/orders/") else Outcome.STRANGE
