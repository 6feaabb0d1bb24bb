"""The proofs of a run of chaos: what is well holds, and each one fails on a doctored record."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from bin.chaos.browser import Seen
from bin.chaos.diary import Diary, Outcome
from bin.chaos.faults import Injected
from bin.chaos.kinds import Fault
from bin.chaos.proof import Proof, describe
from bin.chaos.proofs import prove_all
from bin.chaos.proofs_of_records import prove_paid_in_full
from bin.chaos.records import Mail, Money, Order, Records, Stock

PAID = Order("A1", "paid", 2890, invoices=1, confirmations=1, sent=1)
GONE = Order("A2", "expired", 1290, invoices=0, confirmations=0, sent=0)
LATE = Order("A3", "review", 1290, invoices=0, confirmations=0, sent=0)
BACK = Order("A4", "canceled", 1290, invoices=0, confirmations=0, sent=0)
PAYMENTS = (Money("A1", "pi_1", 2890), Money("A3", "pi_3", 1290), Money("A4", "pi_4", 1290))
REFUNDS = (Money("A4", "pi_4", 1290),)
MUG = Stock("MUG", opening=3, on_hand=3, allocated=2, held=2, sold=2)
CONFIRMED = Mail("<A1.order_confirmation@shop.example>", at=100.0)
WELL = Records(
    orders=(PAID, GONE, LATE, BACK),
    payments=PAYMENTS,
    refunds=REFUNDS,
    stripe_payments=PAYMENTS,
    stripe_refunds=REFUNDS,
    stock=(MUG,),
    invoice_numbers=(1,),
    last_invoice=1,
    mails=(CONFIRMED,),
    waiting={"mails that are not sent": 0},
)
WEB_KILLED = Injected(Fault.KILL_WEB, begun=200.0, ended=203.0)
WORKER_KILLED = Injected(Fault.KILL_WORKER, begun=101.0, ended=103.0)
SEEN = (
    Seen(10.0, "GET", "http://shop/", 200),
    Seen(11.0, "POST", "http://shop/checkout/", 503, offers_payment=True),
    Seen(204.0, "GET", "http://shop/cart/", 0),
)


def failing(
    records: Records = WELL,
    injected: tuple[Injected, ...] = (WEB_KILLED,),
    seen: tuple[Seen, ...] = SEEN,
    **diary: Any,
) -> dict[str, tuple[str, ...]]:
    """The statements that do not hold, and what speaks against each."""
    proofs = prove_all(records, injected, Diary(seen=list(seen), **diary))
    return {proof.statement: proof.against for proof in proofs if not proof.holds}


def test_all_proofs_hold_for_a_run_that_went_well() -> None:
    assert failing() == {}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"payments": PAYMENTS[1:]}, "A1: 28.90 at Stripe, 0.00 here"),
        ({"refunds": ()}, "A4: 0.00 at Stripe, 12.90 here"),
        (
            {"stripe_payments": (replace(PAYMENTS[0], amount=2889), *PAYMENTS[1:])},
            "A1: 28.89 at Stripe, 28.90 here",
        ),
        (
            {"payments": (replace(PAYMENTS[0], intent="pi_9"), *PAYMENTS[1:])},
            "A1: Stripe's pi_1 is not known here",
        ),
        ({"orders": (replace(PAID, total=2891),)}, "A1: 28.90 paid of 28.91"),
        (
            {"orders": (PAID, replace(LATE, status="expired"))},
            "A3 is expired and 12.90 of it are kept",
        ),
        (
            {"orders": (PAID, replace(LATE, total=1291))},
            "A3 waits for a person, with 12.90 paid of 12.91",
        ),
        (
            {"orders": (PAID, replace(GONE, status="review"))},
            "A2 waits for a person, with 0.00 paid of 12.90",
        ),
        ({"orders": (replace(PAID, invoices=0),)}, "A1 has 0 invoices"),
        ({"orders": (PAID, replace(GONE, invoices=1))}, "A2 was never paid and has an invoice"),
        ({"orders": (PAID, replace(LATE, status="paid"))}, "A3 has 0 invoices"),
        ({"invoice_numbers": (1, 3), "last_invoice": 3}, "Number 2 is missing"),
        (
            {"invoice_numbers": (1, 1)},
            "The series ends at 1, the invoices do not",
        ),
        (
            {"orders": (replace(PAID, confirmations=2),)},
            "A1: 2 confirmations, 1 of them sent",
        ),
        ({"orders": (replace(PAID, sent=0),)}, "A1: 1 confirmations, 0 of them sent"),
        ({"mails": ()}, "A1.order_confirmation was never received"),
        (
            {"mails": (CONFIRMED, replace(CONFIRMED, at=400.0))},
            "<A1.order_confirmation@shop.example> came again, and nothing broke in",
        ),
        (
            {"stock": (replace(MUG, on_hand=2),)},
            "MUG: 2 on hand, and there were 3",
        ),
        ({"stock": (replace(MUG, held=3),)}, "MUG: 2 allocated, orders hold 3"),
        ({"stock": (replace(MUG, sold=4),)}, "MUG: 4 sold of 3"),
        ({"stock": (replace(MUG, allocated=4, held=4),)}, "MUG: 2 sold of 3"),
        ({"waiting": {"mails that are not sent": 2}}, "2 mails that are not sent"),
    ],
)
def test_a_proof_fails_on_a_doctored_record(changes: dict[str, Any], words: str) -> None:
    found = failing(replace(WELL, **changes))
    assert words in [line for against in found.values() for line in against]


def test_an_order_may_wait_for_a_person_only_with_all_of_its_money() -> None:
    waiting = replace(WELL, orders=(LATE,), payments=PAYMENTS[1:2], refunds=())
    proof = prove_paid_in_full(waiting)
    assert (proof.against, proof.figures) == ((), "0 orders sold, 1 for a person to look at")
    twice = replace(waiting, payments=(PAYMENTS[1], replace(PAYMENTS[1], intent="pi_9")))
    given_back = replace(waiting, refunds=(Money("A3", "pi_3", 1290),))
    for records, paid in ((twice, "25.80"), (given_back, "0.00")):
        assert prove_paid_in_full(records).against == (
            f"A3 waits for a person, with {paid} paid of 12.90",
        )


def test_a_copy_of_a_mail_is_excused_by_a_kill_just_after_the_first() -> None:
    twice = replace(WELL, mails=(CONFIRMED, replace(CONFIRMED, at=400.0)))
    assert failing(twice, (WEB_KILLED, WORKER_KILLED)) == {}
    long_before = replace(WORKER_KILLED, begun=50.0, ended=52.0)
    assert len(failing(twice, (WEB_KILLED, long_before))) == 1
    thrice = replace(WELL, mails=(*twice.mails, replace(CONFIRMED, at=102.0)))
    (against,) = failing(thrice, (WEB_KILLED, WORKER_KILLED)).values()
    assert against == ("<A1.order_confirmation@shop.example> came 3 times",)


@pytest.mark.parametrize("status", [404, 403, 500, 503])
def test_an_error_page_fails_the_run(status: int) -> None:
    bad = Seen(12.0, "GET", "http://shop/cart/", status)
    (against,) = failing(seen=(*SEEN, bad)).values()
    assert against == (f"{status} for GET http://shop/cart/",)


def test_a_connection_is_only_lost_to_a_killed_web_server() -> None:
    (against,) = failing(injected=(WORKER_KILLED,)).values()
    assert against == ("GET http://shop/cart/ at 204.0",)


def test_a_visit_that_ended_in_a_strange_place_fails_the_run() -> None:
    (against,) = failing(strange=["pays: Seen(...)"]).values()
    assert against == ("Ended in a strange place: pays: Seen(...)",)


def test_a_shop_in_which_hardly_anybody_bought_proves_nothing() -> None:
    assert failing(outcomes=Counter({Outcome.LOST: 5, Outcome.PAID: 1})) == {}
    (against,) = failing(outcomes=Counter({Outcome.LOST: 6, Outcome.PAID: 1})).values()
    assert against == ("That is too little",)


def test_what_speaks_against_a_proof_is_shown_in_part() -> None:
    proof = Proof("All is well", "7 things", tuple(f"thing {number}" for number in range(7)))
    assert next(iter(describe([proof]))) == "  FAILS  All is well: 7 things"
    assert list(describe([proof]))[-1] == "         - and 2 more"
