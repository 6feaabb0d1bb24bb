"""A shopper with a browser: what tests of whole purchases do, in the words of a purchase."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from orders.models import Order
from stripe_sandbox.testing import RunningSandbox

SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}

CONTACT = {
    "email": "alice@example.com",
    "name": "Alice Arnold",
    "phone": "",
    "address_line1": "Gartenweg 3",
    "address_line2": "",
    "postal_code": "10115",
    "city": "Berlin",
    "region": "",
    "country": "DE",
    "note": "",
    "accept_terms": "on",
}


@dataclass
class Shopper:
    client: Client
    sandbox: RunningSandbox
    contact: dict[str, str] = field(default_factory=lambda: dict(CONTACT))

    def add(self, sku: str, quantity: object = 1, **extra: Any) -> HttpResponse:
        data = {"sku": sku, "quantity": quantity, **extra}
        return self.client.post("/cart/add/", data, **SAME_ORIGIN)

    def change(self, sku: str, quantity: object) -> HttpResponse:
        return self.client.post("/cart/update/", {"sku": sku, "quantity": quantity}, **SAME_ORIGIN)

    def remove(self, sku: str) -> HttpResponse:
        return self.client.post("/cart/remove/", {"sku": sku}, **SAME_ORIGIN)

    def checkout_form(self, **changes: str) -> dict[str, str]:
        """The form as the page gives it, filled in."""
        page = self.client.get("/checkout/")
        assert page.status_code == 200, page
        form = page.context["form"]
        return {
            **self.contact,
            "checkout_token": form.initial["checkout_token"],
            "quote": form.initial["quote"],
            "shipping_method": form.initial["shipping_method"],
            **changes,
        }

    def send(self, form: dict[str, str]) -> HttpResponse:
        return self.client.post("/checkout/", form)

    def check_out(self, **changes: str) -> tuple[Order, str]:
        """Sends the checkout form; the order and the id of the session it leads to."""
        response = self.send(self.checkout_form(**changes))
        assert response.status_code == 303, response.content.decode()[:2000]
        return Order.objects.latest("pk"), session_id_of(response)

    def buy(self, sku: str, quantity: int = 1) -> Order:
        """The whole way, with the webhook delivered."""
        self.add(sku, quantity)
        order, session_id = self.check_out()
        self.sandbox.pay(session_id)
        self.deliver()
        order.refresh_from_db()
        return order

    def deliver(self, event_type: str = "checkout.session.completed") -> HttpResponse:
        """Posts the newest event of the type as Stripe would."""
        event = self.sandbox.events(event_type)[-1]
        return self.post_event(event)

    def post_event(self, event: dict[str, Any]) -> HttpResponse:
        body, headers = self.sandbox.signed_request(event)
        return Client().post(
            "/checkout/webhook/", data=body, content_type="application/json", headers=headers
        )

    def come_back(self, order: Order, session_id: str) -> HttpResponse:
        return self.client.get(f"/checkout/return/{order.token}/", {"session_id": session_id})


def session_id_of(response: HttpResponse) -> str:
    found = re.search(r"cs_test_[A-Za-z0-9]+", response["Location"])
    assert found, response["Location"]
    return found.group()
