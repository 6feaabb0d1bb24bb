"""What each of the text indexes answers. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Found:
    """`score` can be compared within one answer only; greater is better."""

    page_id: int
    content_type_id: int
    score: float


class Finder(Protocol):
    def __call__(
        self,
        words: Sequence[str],
        content_type_ids: Sequence[int],
        *,
        is_prefix: bool,
        limit: int,
    ) -> list[Found]: ...
