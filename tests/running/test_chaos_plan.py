"""The plan of a run of chaos is decided by its seed alone, and asks for every fault."""

import re

import pytest

from bin.chaos.kinds import LANES, WAYS, Fault
from bin.chaos.options import ChaosError, Options, read_options
from bin.chaos.plan import count_wanted, make_plan


def test_a_seed_decides_the_whole_plan() -> None:
    first, again, other = (
        make_plan(seed=seed, seconds=60, shoppers=20, products=6) for seed in (7, 7, 8)
    )
    assert first == again
    assert (first.steps, first.shoppers) != (other.steps, other.shoppers)


def test_each_fault_belongs_to_one_lane_and_comes_in_every_short_run() -> None:
    assert sorted(fault for lane in LANES.values() for fault in lane) == sorted(Fault)
    seconds = read_options({"SHORT": "1", "SEED": "7"}).seconds
    for seed in range(200):
        plan = make_plan(seed=seed, seconds=seconds, shoppers=1, products=6)
        assert {step.fault for step in plan.steps} == set(Fault)


def test_faults_of_a_lane_never_overlap_and_end_within_the_storm() -> None:
    plan = make_plan(seed=3, seconds=120, shoppers=1, products=6)
    for lane in LANES.values():
        steps = [step for step in plan.steps if step.fault in lane]
        ends = [step.at + step.seconds for step in steps]
        assert max(ends) <= 120
        assert all(end < step.at for end, step in zip(ends, steps[1:], strict=False))


def test_many_shoppers_go_every_way_and_want_what_is_counted() -> None:
    plan = make_plan(seed=3, seconds=60, shoppers=300, products=6)
    visits = [visit for shopper in plan.shoppers for visit in shopper.visits]
    assert {visit.way for visit in visits} == set(WAYS)
    assert all(1 <= len(dict(visit.cart)) <= 3 for visit in visits)
    pieces = sum(quantity for visit in visits for _position, quantity in visit.cart)
    assert sum(count_wanted(plan, 6)) == pieces


def test_what_is_asked_for_is_read_from_the_environment() -> None:
    assert read_options({"SEED": "5", "MINUTES": "10"}) == Options(5, 540.0, 300)
    assert read_options({"SEED": "5", "SHORT": "1", "CONTROL": "stock"}) == Options(
        5, 32.0, 24, "stock"
    )
    assert read_options({}).seconds == 810.0


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"MINUTES": "soon"}, "MINUTES must be a number, not 'soon'."),
        ({"MINUTES": "0"}, "MINUTES must be greater than nothing, not '0'."),
        ({"CONTROL": "luck"}, "CONTROL must be one of stock, claim, not 'luck'."),
    ],
)
def test_what_cannot_be_run_is_refused_in_words(environment: dict[str, str], words: str) -> None:
    with pytest.raises(ChaosError, match=re.escape(words)):
        read_options(environment)
