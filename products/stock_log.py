"""The log of the stock: whoever changes a number leaves a line in it, in the same transaction."""

from django.contrib.auth.models import User

from products.models import StockMovement, StockRecord


def log_movement(
    record: StockRecord,
    reason: StockMovement.Reason,
    *,
    on_hand_change: int = 0,
    allocated_change: int = 0,
    reference: str = "",
    user: User | None = None,
    note: str = "",
) -> None:
    StockMovement.objects.create(
        record=record,
        reason=reason,
        on_hand_change=on_hand_change,
        allocated_change=allocated_change,
        reference=reference,
        user=user,
        note=note,
    )
