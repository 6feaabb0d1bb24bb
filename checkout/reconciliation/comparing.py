"""Reads both books for some days and compares them, to the smallest step of each currency."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from checkout import gateway
from checkout.reconciliation.books import (
    listed_refund_entries,
    paid_entries,
    payment_entries,
    refund_entries,
    refund_entry,
    session_entry,
)
from checkout.reconciliation.differences import (
    Difference,
    Entry,
    compare_payments,
    compare_refunds,
    in_order,
)

SECONDS = 15
# Sessions are listed by when they were begun. One stays open for a day, and banks that debit an
# account later may take two weeks.
BEGUN_BEFORE = timedelta(days=15)
# What is not listed although it is known here is asked for one by one. If more than this are
# missing, they are missing for one reason.
LOOKUPS = 20


@dataclass(frozen=True)
class Comparison:
    """`agreed` counts payments and refunds that both books know alike, `foreign` those of other
    software on the same account."""

    differences: list[Difference]
    agreed: int
    foreign: int


def compare_books(begin: datetime, end: datetime) -> Comparison:
    """What was paid or given back from `begin` until before `end`; changes nothing.

    Raises GatewayUnavailable and GatewayRejected when Stripe cannot be asked, TooMuch when there is
    more than can be compared while somebody waits. The number of queries is always the same.
    """
    deadline = time.monotonic() + SECONDS
    sessions = gateway.list_paid_sessions(begin - BEGUN_BEFORE, end, deadline=deadline)
    refunds = gateway.list_refunds(begin, end, deadline=deadline)
    paid_there = paid_entries(sessions)
    known = payment_entries(begin, end, {*paid_there, *(one.payment_intent for one in refunds)})
    refunded_there = listed_refund_entries(refunds, {**paid_there, **known})
    refunded_here = refund_entries(begin, end, [r for r in refunds if r.id in refunded_there])
    foreign = len(sessions) - len(paid_there) + len(refunds) - len(refunded_there)

    def is_of_these_days(key: str) -> bool:
        entry = known.get(key)
        return entry is None or begin <= entry.moment < end

    paid_there = {key: one for key, one in paid_there.items() if is_of_these_days(key)}
    paid_here = {key: one for key, one in known.items() if is_of_these_days(key)}
    _look_up_payments(paid_here, paid_there, deadline)
    _look_up_refunds(refunded_here, refunded_there, deadline)
    differences = [
        *compare_payments(paid_there, paid_here),
        *compare_refunds(refunded_there, refunded_here),
    ]
    records = len(paid_there.keys() | paid_here.keys())
    records += len(refunded_there.keys() | refunded_here.keys())
    return Comparison(in_order(differences), records - len(differences), foreign)


def _look_up_payments(here: dict[str, Entry], there: dict[str, Entry], deadline: float) -> None:
    for key in _missing(here, there):
        _check_time(deadline)
        try:
            session = gateway.find_session(key)
        except gateway.GatewayRejected:
            continue  # Stripe knows of none.
        if session is not None and session.payment_status == "paid":
            there[key] = session_entry(session, here[key].moment, here[key].order or (0, ""))


def _look_up_refunds(here: dict[str, Entry], there: dict[str, Entry], deadline: float) -> None:
    for key in _missing(here, there):
        _check_time(deadline)
        try:
            refund = gateway.retrieve_refund(key)
        except gateway.GatewayRejected:
            continue  # Stripe knows of none.
        there[key] = refund_entry(refund, here[key].order)


def _missing(here: dict[str, Entry], there: dict[str, Entry]) -> list[str]:
    missing = sorted(here.keys() - there.keys())
    return missing if len(missing) <= LOOKUPS else []


def _check_time(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise gateway.TooMuch
