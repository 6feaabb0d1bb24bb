"""What must hold of orders, money, papers and stock. Pure: it looks at the records alone."""

from collections import Counter
from collections.abc import Iterable

from bin.chaos.proof import Proof
from bin.chaos.records import Money, Records

SOLD = ("paid", "partly_shipped", "shipped", "delivered")


def prove_money(records: Records) -> Proof:
    """Per order, payments less refunds, as Stripe has them and as the shop has them."""
    here = _balance(records.payments, records.refunds)
    there = _balance(records.stripe_payments, records.stripe_refunds)
    against = [
        f"{order}: {_euros(there[order])} at Stripe, {_euros(here[order])} here"
        for order in sorted({*here, *there})
        if here[order] != there[order]
    ]
    known = {payment.intent for payment in records.payments}
    against += [
        f"{payment.order}: Stripe's {payment.intent} is not known here"
        for payment in records.stripe_payments
        if payment.intent not in known
    ]
    paid = sum(payment.amount for payment in records.stripe_payments)
    refunded = sum(refund.amount for refund in records.stripe_refunds)
    figures = (
        f"{len(records.stripe_payments)} payments, {_euros(paid)};"
        f" {len(records.stripe_refunds)} refunds, {_euros(refunded)}"
    )
    return Proof("Paid at Stripe is paid here, order by order", figures, tuple(against))


def prove_paid_in_full(records: Records) -> Proof:
    """Sold is what was paid, once and wholly; whatever else was paid waits in review or went
    back."""
    balance = _balance(records.payments, records.refunds)
    sold = [order for order in records.orders if order.status in SOLD]
    against = [
        f"{order.number}: {_euros(balance[order.number])} paid of {_euros(order.total)}"
        for order in sold
        if balance[order.number] != order.total
    ]
    against += [
        f"{order.number} is {order.status} and {_euros(balance[order.number])} of it are kept"
        for order in records.orders
        if order.status not in (*SOLD, "review") and balance[order.number]
    ]
    against += [
        f"{order.number} waits for a person, with {_euros(balance[order.number])} paid of"
        f" {_euros(order.total)}"
        for order in records.orders
        if order.status == "review" and balance[order.number] != order.total
    ]
    review = sum(order.status == "review" for order in records.orders)
    figures = f"{len(sold)} orders sold, {review} for a person to look at"
    return Proof(
        "Every order that is sold is paid in full, no other keeps money", figures, tuple(against)
    )


def prove_invoices(records: Records) -> Proof:
    sold = [order for order in records.orders if order.status in SOLD]
    against = [f"{one.number} has {one.invoices} invoices" for one in sold if one.invoices != 1]
    against += [
        f"{one.number} was never paid and has an invoice"
        for one in records.orders
        if one.status in ("awaiting_payment", "processing", "expired") and one.invoices
    ]
    figures = f"{sum(one.invoices for one in records.orders)} invoices for {len(sold)} orders"
    return Proof("Every order that is sold has one invoice", figures, tuple(against))


def prove_numbers(records: Records) -> Proof:
    numbers = sorted(records.invoice_numbers)
    expected = list(range(1, records.last_invoice + 1))
    missing = sorted(set(expected) - set(numbers))
    against = [f"Number {number} is missing" for number in missing]
    if not missing and numbers != expected:
        against.append(f"The series ends at {records.last_invoice}, the invoices do not")
    figures = f"1 to {records.last_invoice}"
    return Proof("No number of an invoice is missing", figures, tuple(against))


def prove_confirmations(records: Records) -> Proof:
    sold = [order for order in records.orders if order.status in SOLD]
    against = [
        f"{one.number}: {one.confirmations} confirmations, {one.sent} of them sent"
        for one in sold
        if (one.confirmations, one.sent) != (1, 1)
    ]
    figures = f"{sum(one.sent for one in records.orders)} sent for {len(sold)} orders"
    return Proof("Every order that is sold has one confirmation, sent", figures, tuple(against))


def prove_stock(records: Records) -> Proof:
    against = []
    for one in records.stock:
        if one.on_hand != one.opening:
            against.append(f"{one.sku}: {one.on_hand} on hand, and there were {one.opening}")
        if one.allocated != one.held:
            against.append(f"{one.sku}: {one.allocated} allocated, orders hold {one.held}")
        if one.allocated > one.on_hand or one.sold > one.opening:
            against.append(f"{one.sku}: {one.sold} sold of {one.opening}")
    sold, opening = (
        sum(getattr(one, name) for one in records.stock) for name in ("sold", "opening")
    )
    gone = sum(one.sold == one.opening for one in records.stock)
    figures = f"{sold} of {opening} pieces sold, {gone} of {len(records.stock)} products sold out"
    return Proof("Allocated and on hand add up, nothing is oversold", figures, tuple(against))


def prove_ends(records: Records) -> Proof:
    against = tuple(f"{count} {name}" for name, count in records.waiting.items() if count)
    counts = Counter(order.status for order in records.orders)
    figures = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    return Proof("Nothing waits that time should have ended", figures or "no orders", against)


def _balance(payments: Iterable[Money], refunds: Iterable[Money]) -> Counter[str]:
    balance: Counter[str] = Counter()
    for payment in payments:
        balance[payment.order] += payment.amount
    for refund in refunds:
        balance[refund.order] -= refund.amount
    return balance


def _euros(minor: int) -> str:
    return f"{minor / 100:.2f}"
