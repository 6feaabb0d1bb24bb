"""Forgives typos: the word of the shop that is nearest to the one that was typed. Pure.

It works from the words there are, so it is the same on every database and needs no extension.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

MIN_LENGTH = 4  # Of shorter words nearly everything is one letter away from something.
LONG_LENGTH = 7  # From here on two letters may be wrong.


class Vocabulary:
    """Words with how often they are used; the more frequent of two that are equally near wins."""

    def __init__(self, words: Iterable[str]) -> None:
        self._counts = Counter(words)
        self._by_length: dict[int, list[tuple[str, frozenset[str]]]] = {}
        for word in self._counts:
            self._by_length.setdefault(len(word), []).append((word, frozenset(word)))

    def corrected(self, words: Sequence[str]) -> list[str]:
        """The words with those replaced that the vocabulary does not know and nearly knows."""
        return [self._nearest(word.casefold()) or word for word in words]

    def _nearest(self, word: str) -> str | None:
        if word in self._counts or len(word) < MIN_LENGTH:
            return None
        allowed = 2 if len(word) >= LONG_LENGTH else 1
        near = [
            (distance, -self._counts[candidate], candidate)
            for candidate in self._candidates(word, allowed)
            if (distance := edits(word, candidate, allowed)) <= allowed
        ]
        return min(near)[2] if near else None

    def _candidates(self, word: str, allowed: int) -> Iterable[str]:
        """A cheap sieve: one edit adds and removes one kind of letter each at most."""
        letters = frozenset(word)
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for candidate, own in self._by_length.get(length, ()):
                if len(letters ^ own) <= 2 * allowed:
                    yield candidate


def edits(first: str, second: str, allowed: int) -> int:
    """How many letters to add, drop, replace or swap with their neighbor; more than `allowed` is
    only said to be more."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        new = [i]
        for j, b in enumerate(second, start=1):
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        if min(new) > allowed:
            return allowed + 1
        before, row = row, new
    return row[-1]
