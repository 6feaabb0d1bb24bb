"""The generation of the catalog: a number that grows whenever what pages show of it changes.

Whoever keeps something that follows from the catalog keeps it under this number and never has to
be told that it is old. It stands in the database: a cache may be down, or each process have one of
its own.
"""

import time
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import BigIntegerField, F, Value
from django.db.models.functions import Greatest

from products.models import CatalogGeneration


@dataclass(frozen=True)
class Generation:
    """`number` names what pages show of price and stock; `list_number` only which products there
    are, in which order and with which facets: it stays when the fifth of ten mugs is sold."""

    number: int = 0
    list_number: int = 0


def current_generation() -> Generation:
    """1 query. A transaction that has changed something itself still reads the number of before."""
    row = CatalogGeneration.objects.values_list("number", "list_number").first()
    return Generation(*row) if row else Generation()


def bump_generation(*, lists: bool = True) -> None:
    """Ends the generation when the transaction commits, or at once outside of one.

    Not before: a reader in between would keep the old facts under the new number. And not within
    the transaction, where everybody who sells something would queue up for this one row.
    """
    transaction.on_commit(partial(_advance, lists=lists), robust=True)


def _advance(*, lists: bool) -> None:
    """At least to the time in milliseconds, so that a database that was restored from a backup
    never gives out a number again."""
    now = Value(time.time_ns() // 1_000_000, output_field=BigIntegerField())
    changes = {"number": Greatest(F("number") + 1, now)}
    if lists:
        changes["list_number"] = Greatest(F("list_number") + 1, now)
    rows = CatalogGeneration.objects.filter(pk=1)
    if not rows.update(**changes):
        CatalogGeneration.objects.get_or_create(pk=1)
        rows.update(**changes)
