"""Live or draft: what a place says of a product, before and after what waits is published. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

# "live": shown now and after the next publishing. "leaving": shown now, gone from the draft.
# "draft": in a draft only.
State = Literal["live", "leaving", "draft"]


@dataclass(frozen=True)
class Use:
    """One block or field. `path` is its content path in the editor."""

    label: str
    path: str


def state_of(*, is_live: bool, in_live: bool, in_draft: Sequence[Use] | None) -> State:
    """`in_draft` is None when nothing waits beside the saved version."""
    if not is_live or not in_live:
        return "draft"
    return "leaving" if in_draft is not None and not in_draft else "live"


def merged_uses(in_live: Sequence[Use], in_draft: Sequence[Use] | None) -> tuple[Use, ...]:
    """Each place once: as the draft has it, because that is what the editor opens."""
    uses = {use.path: use for use in in_live} if not in_draft else {}
    uses.update({use.path: use for use in in_draft or ()})
    return tuple(sorted(uses.values(), key=lambda use: (use.label, use.path)))
