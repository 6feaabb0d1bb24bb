"""What is remembered of the visits of a run."""

import threading
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from bin.chaos.browser import Seen
from bin.chaos.kinds import Way


class Outcome(StrEnum):
    """How a visit ended, as the shopper saw it."""

    PAID = "paid"
    DECLINED = "declined"
    ABANDONED = "abandoned"
    SOLD_OUT = "sold out"
    PROVIDER = "payment page not to be had"
    CLOSED = "payment page closed"
    LOST = "connection lost"
    STRANGE = "something else"


@dataclass
class Diary:
    """What all shoppers did and saw. Several threads write into it. Once it is `closing`, nobody
    begins another visit."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    ways: Counter[Way] = field(default_factory=Counter)
    seen: list[Seen] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
