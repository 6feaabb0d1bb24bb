"""What is written down about a run: by the shop, by the one who plays Stripe, by the mail server.

Read with SQL and not through the shop's own models: what is to be proven must not be told by the
code that is on trial. Amounts are in minor units of the one currency there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from psycopg.rows import class_row

from stripe_sandbox.storage import Document, Store

Row = TypeVar("Row")


@dataclass(frozen=True)
class Order:
    number: str
    status: str
    total: int
    invoices: int
    confirmations: int
    sent: int


@dataclass(frozen=True)
class Money:
    """An amount that came in or went out: `intent` is the payment it belongs to."""

    order: str
    intent: str
    amount: int


@dataclass(frozen=True)
class Stock:
    """A variant: what its record says, and what the lines of all orders add up to."""

    sku: str
    opening: int
    on_hand: int
    allocated: int
    held: int
    sold: int


@dataclass(frozen=True)
class Mail:
    message_id: str
    at: float


@dataclass(frozen=True)
class Records:
    """The end of a run. `waiting` counts by name what time should have ended."""

    orders: Sequence[Order]
    payments: Sequence[Money]
    refunds: Sequence[Money]
    stripe_payments: Sequence[Money]
    stripe_refunds: Sequence[Money]
    stock: Sequence[Stock]
    invoice_numbers: Sequence[int]
    last_invoice: int
    mails: Sequence[Mail]
    waiting: dict[str, int]


ORDERS = """
SELECT number, status, (total * 100)::int AS total,
  (SELECT count(*) FROM orders_invoice i WHERE i.order_id = o.id) AS invoices,
  (SELECT count(*) FROM orders_outgoingemail m
    WHERE m.order_id = o.id AND m.kind = 'order_confirmation') AS confirmations,
  (SELECT count(*) FROM orders_outgoingemail m
    WHERE m.order_id = o.id AND m.kind = 'order_confirmation' AND m.state = 'sent') AS sent
FROM orders_order o ORDER BY id
"""
PAYMENTS = """
SELECT o.number AS "order", p.payment_intent AS intent, (p.amount * 100)::int AS amount
FROM orders_payment p JOIN orders_order o ON o.id = p.order_id ORDER BY p.id
"""
REFUNDS = """
SELECT o.number AS "order", p.payment_intent AS intent, (r.amount * 100)::int AS amount
FROM orders_refund r JOIN orders_payment p ON p.id = r.payment_id
JOIN orders_order o ON o.id = r.order_id
WHERE r.state NOT IN ('failed', 'canceled') ORDER BY r.id
"""
STOCK = """
SELECT v.sku, s.on_hand, s.allocated,
  (SELECT coalesce(sum(m.on_hand_change), 0) FROM products_stockmovement m
    WHERE m.record_id = s.id AND m.reason = 'opening')::int AS opening,
  (SELECT coalesce(sum(l.allocated), 0) FROM orders_orderline l
    WHERE l.variant_id = v.id)::int AS held,
  (SELECT coalesce(sum(l.quantity), 0) FROM orders_orderline l
    JOIN orders_order o ON o.id = l.order_id
    WHERE l.variant_id = v.id AND o.status IN
      ('paid', 'partly_shipped', 'shipped', 'delivered'))::int AS sold
FROM products_stockrecord s JOIN products_productvariant v ON v.id = s.variant_id ORDER BY v.id
"""
# What waits while the clock goes on, and is nothing for a person to see to.
WAITING = {
    "orders that await payment": """
        SELECT count(*) FROM orders_order WHERE status IN ('awaiting_payment', 'processing')""",
    "payment attempts without an end": """
        SELECT count(*) FROM orders_paymentattempt WHERE state IN ('new', 'open')""",
    "mails that are not sent": """
        SELECT count(*) FROM orders_outgoingemail WHERE state <> 'sent'""",
    "events that are not taken in": """
        SELECT count(*) FROM checkout_webhookevent WHERE state IN ('received', 'failed')""",
    "refunds that Stripe was not asked for": """
        SELECT count(*) FROM orders_refund WHERE stripe_id IS NULL""",
}


def count_waiting(link: psycopg.Connection[Any]) -> dict[str, int]:
    """What time should still bring to an end, by name."""
    return {name: _one(link, question) for name, question in WAITING.items()}


def read_records(database: str, sandbox: Path, mails: Sequence[Mail]) -> Records:
    """All there is to know, from the shop's database and the sandbox's file."""
    with Store(sandbox).reading() as records:
        intents = records.list_all("payment_intent", newest_first=False)
        refunds = records.list_all("refund", newest_first=False)
    order_of = {intent["id"]: str(intent["metadata"].get("order", "")) for intent in intents}
    with psycopg.connect(database) as link:
        return Records(
            orders=_all(link, Order, ORDERS),
            payments=_all(link, Money, PAYMENTS),
            refunds=_all(link, Money, REFUNDS),
            stripe_payments=[
                Money(order_of[one["id"]], one["id"], one["amount_received"])
                for one in intents
                if one["status"] == "succeeded"
            ],
            stripe_refunds=[_refund(one, order_of) for one in refunds if _counts(one)],
            stock=_all(link, Stock, STOCK),
            invoice_numbers=[
                int(number.rpartition("-")[2])
                for (number,) in link.execute("SELECT number FROM orders_invoice ORDER BY id")
            ],
            last_invoice=_one(
                link,
                "SELECT coalesce(max(last_number), 0) FROM orders_invoiceseries"
                " WHERE kind = 'invoice'",
            ),
            mails=mails,
            waiting=count_waiting(link),
        )


def _refund(refund: Document, order_of: dict[str, str]) -> Money:
    intent = refund["payment_intent"]
    return Money(order_of.get(intent, ""), intent, refund["amount"])


def _counts(refund: Document) -> bool:
    return refund["status"] not in ("failed", "canceled")


def _all(link: psycopg.Connection[Any], row: type[Row], question: str) -> list[Row]:
    with link.cursor(row_factory=class_row(row)) as cursor:
        return cursor.execute(question).fetchall()


def _one(link: psycopg.Connection[Any], question: str) -> int:
    found = link.execute(question).fetchone()
    return int(found[0]) if found else 0
