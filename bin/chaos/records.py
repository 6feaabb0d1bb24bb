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

from bin.chaos.questions import ORDERS, PAYMENTS, REFUNDS, STOCK, WAITING
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
