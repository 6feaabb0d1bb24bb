"""A checkout form on top of a cart: what it costs, and the order it asks for."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language

from checkout.cart import Cart
from checkout.cart_page import CartPage
from checkout.deadlines import hold_until, payment_deadline
from checkout.forms import CheckoutForm
from checkout.shipping import ShippingChoice
from checkout.totals import PricedLine, Totals, compute_totals, quote_of
from orders.placing import LineDraft, OrderDraft
from products.taxes import tax_rates


@dataclass(frozen=True)
class Submission:
    """The cart as priced at this moment, with the form on top of it."""

    cart: Cart
    page: CartPage
    form: CheckoutForm

    @property
    def shipping(self) -> ShippingChoice | None:
        return self.form.chosen_shipping

    @cached_property
    def lines(self) -> list[PricedLine]:
        """Priced and taxed for where they go; one query."""
        rates = tax_rates(country=self.form.country_code, on=timezone.localdate())
        return self.page.priced_lines(rates)

    @property
    def totals(self) -> Totals:
        return compute_totals(
            self.lines,
            shipping=self.shipping.price if self.shipping else None,
            currency=settings.SHOP_CURRENCY,
        )

    @property
    def quote(self) -> str:
        prices = [choice.price for choice in self.form.shipping.values()]
        return quote_of(self.lines, prices)

    def order_draft(self) -> OrderDraft:
        """The order, of a valid form; it may be placed within the time a payment takes."""
        totals, shipping = self.totals, self.shipping
        if shipping is None or totals.shipping is None:
            raise ValueError("A valid form names a shipping method.")
        return OrderDraft(
            checkout_token=self._token(),
            contact=self.form.contact(),
            lines=self._lines(totals),
            subtotal=totals.subtotal,
            shipping_method_name=shipping.name,
            shipping_total=totals.shipping,
            shipping_tax=totals.shipping_tax,
            shipping_tax_rate=totals.shipping_tax_rate,
            tax_total=totals.tax,
            total=totals.total,
            expires_at=hold_until(payment_deadline()),
            language=get_language() or "",
            billing=self.form.billing(),
        )

    def _lines(self, totals: Totals) -> list[LineDraft]:
        return [
            LineDraft(
                variant_id=line.variant_id,
                sku=line.sku,
                title=line.title,
                options_label=line.options_label,
                quantity=line.quantity,
                unit_price=line.unit_price,
                total=line.total,
                tax=tax,
                tax_rate=line.tax_rate,
                source=self.cart.lines[line.sku].source,
            )
            for line, tax in zip(totals.lines, totals.line_taxes, strict=True)
        ]

    def _token(self) -> str:
        """The same form with the same content is the same order; going back and changing the
        address makes another one."""
        values = self.form.cleaned_data
        content = repr(sorted((k, v) for k, v in values.items() if k != "checkout_token"))
        digest = hashlib.sha256(content.encode()).hexdigest()[:16]
        return f"{values['checkout_token']}-{digest}"
