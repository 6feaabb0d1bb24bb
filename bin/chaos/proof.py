"""One thing that must hold after a run, and how it is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SHOWN = 5


@dataclass(frozen=True)
class Proof:
    """A statement, the figures it was checked with, and what speaks against it."""

    statement: str
    figures: str
    against: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.against


def describe(proofs: Sequence[Proof]) -> Iterator[str]:
    """Lines for people: each statement with its figures, and the first things against it."""
    for proof in proofs:
        yield f"  {'holds' if proof.holds else 'FAILS'}  {proof.statement}: {proof.figures}"
        for words in proof.against[:SHOWN]:
            yield f"         - {words}"
        if len(proof.against) > SHOWN:
            yield f"         - and {len(proof.against) - SHOWN} more"
