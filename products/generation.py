"""The generation of the catalog: a number that grows whenever what pages show of it changes.

Whoever keeps something that follows from the catalog keeps it under this number and never has to
be told that it is old. It stands in the database: a cache may be down, or each process have one of
its own.
"""

from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import F

from products.models import CatalogGeneration


@dataclass(frozen=True)
class Generation:
    """`number` names what pages show of price and stock; `list_number` only which products there
    are, in which order and with which facets: it stays when the fifth of ten mugs is sold."""

    number: int = 0
    list_number: int = 0


def current_generation() -> Generation:
    """1 query."""
    row = CatalogGeneration.objects.values_list("number", "list_number").first()
    return Generation(*row) if row else Generation()


def bump_generation(*, lists: bool = True) -> None:
    """Ends the generation when the transaction commits, or at once outside of one.

    Not before: a reader in between would keep the old facts under the new number. And not within
    the transaction, where everybody who sells something would queue up for this one row.
    """
    transaction.on_commit(partial(_add_one, lists=lists), robust=True)


def _add_one(*, lists: bool) -> None:
    changes = {"number": F("number") + 1, "list_number": F("list_number") + int(lists)}
    rows = CatalogGeneration.objects.filter(pk=1)
    if not rows.update(**changes):
        CatalogGeneration.objects.get_or_create(pk=1)
        rows.update(**changes)
