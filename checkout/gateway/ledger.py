"""What Stripe has on its books for some days, and single things of it."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import stripe

from checkout.gateway.client import client, translated
from checkout.gateway.sessions import CheckoutSession, parse_session

PAGE_SIZE = 100
MOST = 2000  # Of each kind, in one list.


class TooMuch(Exception):
    """There is more than can be fetched while somebody waits."""


@dataclass(frozen=True)
class PaidSession:
    """A Checkout Session whose money arrived, and when it was begun."""

    session: CheckoutSession
    created_at: datetime


@dataclass(frozen=True)
class LedgerRefund:
    """A refund with what it is matched by. `amount` is in minor units; `reference` is what our own
    request wrote into it, empty for one of the dashboard."""

    id: str
    payment_intent: str
    amount: int
    currency: str
    status: str
    reference: str
    created_at: datetime


def list_paid_sessions(begin: datetime, end: datetime, *, deadline: float) -> list[PaidSession]:
    """Those begun from `begin` until before `end`. Raises TooMuch when there are more than can be
    had until `deadline`, a moment of the monotonic clock."""
    params: Any = {"status": "complete", **_created(begin, end)}
    try:
        found = client().v1.checkout.sessions.list(params).auto_paging_iter()
        sessions = [one.to_dict() for one in _bounded(found, deadline)]
    except stripe.StripeError as error:
        raise translated(error) from error
    return [
        PaidSession(parse_session(one), _moment(one["created"]))
        for one in sessions
        if one["payment_status"] == "paid" and one["payment_intent"]
    ]


def list_refunds(begin: datetime, end: datetime, *, deadline: float) -> list[LedgerRefund]:
    """As `list_paid_sessions`. Refunds of what has no payment intent are none of ours."""
    params: Any = _created(begin, end)
    try:
        found = client().v1.refunds.list(params).auto_paging_iter()
        refunds = [one.to_dict() for one in _bounded(found, deadline)]
    except stripe.StripeError as error:
        raise translated(error) from error
    return [_parse_refund(one) for one in refunds if one["payment_intent"]]


def list_refunds_of(payment_intent: str) -> list[LedgerRefund]:
    """All refunds of one payment, whatever became of them."""
    params: Any = {"payment_intent": payment_intent, "limit": PAGE_SIZE}
    try:
        found = client().v1.refunds.list(params).auto_paging_iter()
        return [_parse_refund(one.to_dict()) for one in found]
    except stripe.StripeError as error:
        raise translated(error) from error


def find_session(payment_intent: str) -> CheckoutSession | None:
    """The session that a payment was made in; None if Stripe knows of none."""
    params: Any = {"payment_intent": payment_intent, "limit": 1}
    try:
        found = client().v1.checkout.sessions.list(params).data
    except stripe.StripeError as error:
        raise translated(error) from error
    return parse_session(found[0].to_dict()) if found else None


def retrieve_refund(refund_id: str) -> LedgerRefund:
    try:
        answer = client().v1.refunds.retrieve(refund_id)
    except stripe.StripeError as error:
        raise translated(error) from error
    return _parse_refund(answer.to_dict())


def _created(begin: datetime, end: datetime) -> dict[str, Any]:
    created = {"gte": int(begin.timestamp()), "lt": int(end.timestamp())}
    return {"created": created, "limit": PAGE_SIZE}


def _bounded(found: Iterable[Any], deadline: float) -> Iterator[Any]:
    for number, one in enumerate(found, start=1):
        if number > MOST or time.monotonic() > deadline:
            raise TooMuch
        yield one


def _parse_refund(data: dict[str, Any]) -> LedgerRefund:
    return LedgerRefund(
        id=data["id"],
        payment_intent=data["payment_intent"] or "",
        amount=data["amount"],
        currency=data["currency"],
        status=data["status"] or "pending",
        reference=str((data.get("metadata") or {}).get("refund", "")),
        created_at=_moment(data["created"]),
    )


def _moment(created: int) -> datetime:
    return datetime.fromtimestamp(created, tz=UTC)
