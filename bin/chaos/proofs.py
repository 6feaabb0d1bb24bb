"""All that must hold after a run."""

from collections.abc import Sequence

from bin.chaos.diary import Diary
from bin.chaos.faults import Injected
from bin.chaos.proof import Proof
from bin.chaos.proofs_of_records import (
    prove_confirmations,
    prove_ends,
    prove_invoices,
    prove_money,
    prove_numbers,
    prove_paid_in_full,
    prove_stock,
)
from bin.chaos.proofs_of_visits import prove_answers, prove_losses, prove_messages, prove_trade
from bin.chaos.records import Records


def prove_all(records: Records, injected: Sequence[Injected], diary: Diary) -> list[Proof]:
    return [
        prove_trade(records, diary),
        prove_money(records),
        prove_paid_in_full(records),
        prove_invoices(records),
        prove_numbers(records),
        prove_confirmations(records),
        prove_messages(records, injected),
        prove_stock(records),
        prove_ends(records),
        prove_answers(diary),
        prove_losses(diary.seen, injected),
    ]
