"""Order drafts as the checkout makes them."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from orders.placing import ContactDraft, LineDraft, OrderDraft
from products.models import ProductVariant
from shopsite.lib.money import Money
from shopsite.lib.tokens import make_token

ALICE = ContactDraft(
    email="alice@example.com",
    name="Alice Arnold",
    address_line1="Gartenweg 3",
    postal_code="10115",
    city="Berlin",
    country="DE",
)


def make_draft(quantities: Mapping[ProductVariant, int]) -> OrderDraft:
    """Another submission each time, for so many pieces of each variant."""
    free = Money(Decimal(0), "EUR")
    lines = [
        LineDraft(
            variant_id=variant.pk,
            sku=variant.sku,
            title=variant.product.name,
            options_label="",
            quantity=quantity,
            unit_price=Money(variant.price, "EUR"),
            total=Money(variant.price * quantity, "EUR"),
            tax=free,
            tax_rate=Decimal(0),
        )
        for variant, quantity in quantities.items()
    ]
    total = Money(sum((line.total.amount for line in lines), Decimal(0)), "EUR")
    return OrderDraft(
        checkout_token=make_token(),
        contact=ALICE,
        lines=lines,
        subtotal=total,
        shipping_method_name="Parcel",
        shipping_total=free,
        shipping_tax=free,
        shipping_tax_rate=Decimal(0),
        tax_total=free,
        total=total,
        expires_at=timezone.now() + timedelta(minutes=35),
    )
