"""Switches one guard of the shop off, to see that a proof of the run fails without it.

Installed as an app by the run's settings alone; the shop's own code knows nothing of it. Which
guard, CHAOS_CONTROL says; without it nothing is changed.
"""

import os
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db import connection, transaction
from django.utils import timezone

THINKS_FOR = 1.0  # Seconds between looking and writing, so that a short run is enough.


class GuardsConfig(AppConfig):
    name = "bin.chaos"
    label = "chaos"

    def ready(self) -> None:
        if control := os.environ.get("CHAOS_CONTROL"):
            SWITCHES[control]()


def sell_without_looking() -> None:
    """Stock is promised whether there is any or not."""
    order_stock = import_module("products.order_stock")
    records = import_module("products.models").StockRecord.objects

    @transaction.atomic
    def allocate_stock(*, quantities: Mapping[int, int], reference: str) -> None:
        for variant_id, wanted in sorted(quantities.items()):
            record = records.get(variant_id=variant_id)
            allocated = record.allocated
            if record.on_hand - allocated < wanted:
                raise order_stock.InsufficientStock([])
            time.sleep(THINKS_FOR)
            records.filter(pk=record.pk).update(allocated=allocated + wanted)

    for user in ("orders.placing", "orders.changes"):
        setattr(import_module(user), "allocate_stock", allocate_stock)  # noqa: B010


def send_without_claim() -> None:
    """Whoever comes across a mail that waits sends it, though somebody else may be at it."""
    outbox = import_module("shopsite.cms.outbox")

    def send(self: Any, email_id: int) -> bool:
        rows = self.model._default_manager.filter(pk=email_id, state=outbox.State.PENDING)
        email = rows.first()
        if email is None:
            return False
        message = self.build(email)
        if message is not None:
            outbox.mail.send(message)
        return bool(rows.update(state=outbox.State.SENT, sent_at=timezone.now()))

    outbox.Outbox.send = send


def drop_constraints(control: str) -> None:
    """The database's own word on the same matter, which would hold without the guard."""
    names = {"stock": ("products_stockrecord", "products_stock_never_oversold")}
    if control in names:
        table, constraint = names[control]
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")


SWITCHES: dict[str, Callable[[], None]] = {
    "stock": sell_without_looking,
    "claim": send_without_claim,
}
