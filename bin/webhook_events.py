"""Orders that wait for their money, and Stripe's events that tell of it:
`python -m bin.webhook_events COUNT FILE`, into the database that the environment names.

Placed and paid by the shop's own services and a sandbox of this process. FILE gets the events, one
JSON document a line.
"""

import json
import logging
import sys
from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.utils import timezone

from bin.demo_environment import WEBHOOK_SECRET
from stripe_sandbox.testing import running_sandbox

PRICE, SHIPPING = Decimal("23.90"), Decimal("4.90")
TAX_OF_PRICE, TAX_OF_SHIPPING = Decimal("3.82"), Decimal("0.78")


def main() -> None:
    count, file = int(sys.argv[1]), Path(sys.argv[2])
    django.setup()
    logging.getLogger("wagtail").setLevel(logging.WARNING)
    with running_sandbox(webhook_secret=WEBHOOK_SECRET) as sandbox:
        settings.STRIPE_API_BASE = sandbox.base_url
        for number in range(count):
            order = place_order(number)
            import_module("checkout.payments").start_payment(order)
            sandbox.pay(order.attempts.get().session_id)
        events = sandbox.events("checkout.session.completed")
    file.write_text("".join(f"{json.dumps(event)}\n" for event in events))


def place_order(number: int) -> Any:
    """An order of one line. Models cannot be imported before Django is set up."""
    placing = import_module("orders.placing")
    money = import_module("shopsite.lib.money").Money
    variant = import_module("products.models").ProductVariant.objects.order_by("pk").first()
    line = placing.LineDraft(
        variant_id=variant.pk,
        sku=variant.sku,
        title="Kettle No. 1",
        options_label="",
        quantity=1,
        unit_price=money(PRICE, "EUR"),
        total=money(PRICE, "EUR"),
        tax=money(TAX_OF_PRICE, "EUR"),
        tax_rate=Decimal(19),
    )
    return placing.place_order(
        placing.OrderDraft(
            checkout_token=f"bench-webhook-{number}",
            contact=placing.ContactDraft(
                email=f"shopper-{number}@example.com",
                name=f"Shopper {number}",
                address_line1="Gartenweg 3",
                postal_code="10115",
                city="Berlin",
                country="DE",
            ),
            lines=[line],
            subtotal=money(PRICE, "EUR"),
            shipping_method_name="Standard parcel",
            shipping_total=money(SHIPPING, "EUR"),
            shipping_tax=money(TAX_OF_SHIPPING, "EUR"),
            shipping_tax_rate=Decimal(19),
            tax_total=money(TAX_OF_PRICE + TAX_OF_SHIPPING, "EUR"),
            total=money(PRICE + SHIPPING, "EUR"),
            expires_at=timezone.now() + timedelta(minutes=35),
        )
    )


if __name__ == "__main__":
    main()
