"""How events are delivered."""

from fnmatch import fnmatchcase
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Order = Literal["any", "in_order", "reverse", "shuffled"]
Signature = Literal["good", "stale", "future", "bad", "wrong_secret", "two_secrets", "missing"]

_TIME_TO_RETURN = 3.0


class DeliveryProfile(BaseModel):
    """How the events whose type fits ``types`` are delivered; all others go out plainly.

    ``events``: for so many deliveries only, then plainly again. ``copies``: how often each is
    posted, ``at_once`` in the same moment or else one after the other. ``delay``: seconds before
    the first try. ``hold``: kept back until the profile says otherwise. ``drop``: never posted, and
    given up at once. ``order``: of what is due together, one at a time unless it is ``any``.
    ``redirect_first``: the payer is back at the shop before the shop hears of the payment.

    ``signature``: ``stale`` and ``future`` are ten minutes off, ``bad`` has wrong digits,
    ``two_secrets`` has a wrong one before the right one as while a secret is rolled.
    ``api_version`` and ``livemode`` change what the event says of itself; a ``thin`` one has ids
    in place of its object.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    types: str = Field(default="*", min_length=1, max_length=100)
    events: Annotated[int, Field(ge=1)] | None = None
    copies: int = Field(default=1, ge=1, le=20)
    at_once: bool = False
    delay: float = Field(default=0.0, ge=0)
    hold: bool = False
    drop: bool = False
    order: Order = "any"
    redirect_first: bool = False
    signature: Signature = "good"
    api_version: str | None = Field(default=None, max_length=50)
    livemode: bool = False
    thin: bool = False

    def concerns(self, event_type: str) -> bool:
        """Whether events of this type are delivered as it says."""
        return fnmatchcase(event_type, self.types)

    @property
    def first_delay(self) -> float:
        """Seconds before the first try."""
        return max(self.delay, _TIME_TO_RETURN) if self.redirect_first else self.delay


PLAIN = DeliveryProfile()
