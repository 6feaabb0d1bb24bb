"""What will happen in a run: decided by the seed alone, before anything starts. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bin.chaos.kinds import FAULT_SECONDS, LANES, PAUSE_SECONDS, VISITS, WAYS, Fault, Way


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
