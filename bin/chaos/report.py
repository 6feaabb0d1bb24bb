"""What a run prints at its end."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bin.chaos.diary import Diary, Outcome
from bin.chaos.faults import Injected
from bin.chaos.kinds import Fault
from bin.chaos.proof import Proof, describe


def make_report(injected: Sequence[Injected], diary: Diary, proofs: Sequence[Proof]) -> str:
    """Tables of what was done to the shop and of what shoppers did, and the proofs."""
    faults = Counter(one.fault for one in injected)
    return "\n".join(
        [
            *_table("What was injected", {fault: faults[fault] for fault in Fault}),
            *_table("How shoppers meant to go", dict(diary.ways.most_common())),
            *_table("How it ended for them", {each: diary.outcomes[each] for each in Outcome}),
            "",
            "What was proven",
            *describe(proofs),
        ]
    )


def _table(title: str, counts: Mapping[str, int]) -> Iterator[str]:
    width = max(map(len, counts), default=0)
    yield ""
    yield title
    for name, count in counts.items():
        yield f"  {name:<{width}}  {count:>5}"
