"""What will happen in a run: decided by the seed alone, before anything starts. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Fault(StrEnum):
    """Something that is done to the shop or to one of its neighbors."""

    KILL_WEB = "web server killed"
    KILL_WEB_WORKER = "one process of the web server killed"
    KILL_WORKER = "worker killed"
    KILL_WORKER_CHILD = "one process of the worker killed"
    KILL_BEAT = "beat killed"
    CUT_BROKER = "broker's connections cut"
    REFUSE_BROKER = "broker refuses"
    HANG_BROKER = "broker hangs"
    MAIL_LATER = "mail server says later"
    MAIL_CLOSES = "mail server hangs up"
    MAIL_REFUSES = "mail server is not there"
    MAIL_SLOW = "mail server takes its time"
    STRIPE_500 = "Stripe answers 500"
    STRIPE_429 = "Stripe answers 429"
    STRIPE_REFUSES = "Stripe is not there"
    STRIPE_HANGS = "Stripe hangs"
    STRIPE_CUT_AFTER = "Stripe's answer is lost"
    EVENTS_DELAYED = "events delayed"
    EVENTS_TWICE = "events delivered twice at once"
    EVENTS_REVERSED = "events in reverse order"
    EVENTS_DROPPED = "events dropped"


# Each lane goes through its faults by itself, so that faults of different neighbors overlap.
LANES: dict[str, tuple[Fault, ...]] = {
    "processes": (
        Fault.KILL_WEB,
        Fault.KILL_WEB_WORKER,
        Fault.KILL_WORKER,
        Fault.KILL_WORKER_CHILD,
        Fault.KILL_BEAT,
    ),
    "broker": (Fault.CUT_BROKER, Fault.REFUSE_BROKER, Fault.HANG_BROKER),
    "mail": (Fault.MAIL_LATER, Fault.MAIL_CLOSES, Fault.MAIL_REFUSES, Fault.MAIL_SLOW),
    "stripe": (
        Fault.STRIPE_500,
        Fault.STRIPE_429,
        Fault.STRIPE_REFUSES,
        Fault.STRIPE_HANGS,
        Fault.STRIPE_CUT_AFTER,
    ),
    "events": (
        Fault.EVENTS_DELAYED,
        Fault.EVENTS_TWICE,
        Fault.EVENTS_REVERSED,
        Fault.EVENTS_DROPPED,
    ),
}
FAULT_SECONDS = (1.5, 3.0)
PAUSE_SECONDS = (1.0, 3.5)


class Way(StrEnum):
    """How a visit is meant to end."""

    PAY = "pays"
    PAY_AND_LEAVE = "pays and never comes back"
    PAY_AND_RETURN_TWICE = "pays and comes back twice"
    DOUBLE_CLICK = "clicks twice on everything"
    AUTHENTICATE = "pays after asking the bank"
    DECLINED_THEN_PAYS = "is declined, then pays"
    DECLINED = "is declined and leaves"
    BACK_THEN_PAYS = "goes back to the cart, orders again and pays"
    ABANDON_PAYMENT = "leaves the payment page open"
    ABANDON_CHECKOUT = "leaves the checkout"


WAYS = {
    Way.PAY: 6,
    Way.PAY_AND_LEAVE: 4,
    Way.PAY_AND_RETURN_TWICE: 3,
    Way.DOUBLE_CLICK: 4,
    Way.AUTHENTICATE: 2,
    Way.DECLINED_THEN_PAYS: 2,
    Way.DECLINED: 2,
    Way.BACK_THEN_PAYS: 3,
    Way.ABANDON_PAYMENT: 3,
    Way.ABANDON_CHECKOUT: 1,
}
VISITS = 2


@dataclass(frozen=True)
class Step:
    """A fault that begins so many seconds after the start and lasts for so many."""

    at: float
    fault: Fault
    seconds: float


@dataclass(frozen=True)
class Visit:
    """`cart` holds positions in the list of products, and how many of each are wanted."""

    way: Way
    cart: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Shopper:
    number: int
    starts_at: float
    visits: tuple[Visit, ...]


@dataclass(frozen=True)
class Plan:
    seed: int
    seconds: float
    steps: tuple[Step, ...]
    shoppers: tuple[Shopper, ...]


def make_plan(*, seed: int, seconds: float, shoppers: int, products: int) -> Plan:
    """The same for the same arguments, on every machine."""
    chance = Random(seed)  # noqa: S311
    steps = [step for lane in LANES.values() for step in _steps(lane, seconds, chance)]
    return Plan(
        seed=seed,
        seconds=seconds,
        steps=tuple(sorted(steps, key=lambda step: step.at)),
        shoppers=tuple(
            Shopper(
                number=number,
                starts_at=round(chance.uniform(0, seconds * 0.85), 2),
                visits=tuple(_visit(products, chance) for _visit_number in range(VISITS)),
            )
            for number in range(1, shoppers + 1)
        ),
    )


def count_wanted(plan: Plan, products: int) -> list[int]:
    """How many pieces of each product all visits ask for together."""
    wanted = [0] * products
    for shopper in plan.shoppers:
        for visit in shopper.visits:
            for position, quantity in visit.cart:
                wanted[position] += quantity
    return wanted


def _steps(lane: tuple[Fault, ...], seconds: float, chance: Random) -> Iterator[Step]:
    """One fault after the other with pauses; each comes once before any comes again."""
    at = chance.uniform(*PAUSE_SECONDS) / 2
    left: list[Fault] = []
    while True:
        left = left or chance.sample(lane, len(lane))
        lasts = chance.uniform(*FAULT_SECONDS)
        if at + lasts > seconds:
            return
        yield Step(round(at, 2), left.pop(), round(lasts, 2))
        at += lasts + chance.uniform(*PAUSE_SECONDS)


def _visit(products: int, chance: Random) -> Visit:
    way = chance.choices(list(WAYS), weights=list(WAYS.values()))[0]
    chosen = chance.sample(range(products), chance.randint(1, 3))
    return Visit(way, tuple((position, chance.choice((1, 1, 1, 2, 3))) for position in chosen))
