"""What each of the text indexes answers. Pure."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Found(NamedTuple):
    """A plain tuple, since a common word brings thousands. `score` can be compared within one
    answer only; greater is better."""

    page_id: int
    content_type_id: int
    score: float


class SearchUnavailableError(Exception):
    """There is no answer at the moment; another try may have one."""


class Finder(Protocol):
    def __call__(
        self,
        words: Sequence[str],
        content_type_ids: Sequence[int],
        *,
        is_prefix: bool,
        limit: int,
    ) -> Sequence[tuple[int, int, float]]:
        """Found ones, the best first. Raises SearchUnavailableError."""
