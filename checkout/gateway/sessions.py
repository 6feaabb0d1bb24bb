"""Checkout Sessions: asked for, looked at, closed."""

import random
import time
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import stripe
from django.conf import settings

from checkout.gateway.client import (
    BUSY_STATUS,
    RATE_LIMIT_STATUS,
    FailureRemembered,
    GatewayRejected,
    client,
    is_remembered_failure,
    translated,
)

BUSY_TRIES = 4
# Shops that were turned away together should not come back together.
RATE_LIMIT_PAUSE = (0.3, 0.9)
# The session of a delayed method is complete either way; only its intent says that it failed.
FAILED_INTENTS = ("requires_payment_method", "canceled")


@dataclass(frozen=True)
class CheckoutSession:
    """What the shop needs of a Checkout Session. `amount_total` is in minor units;
    `has_failed_payment` is known only of a session that was fetched, not of one in an event."""

    id: str
    status: str | None
    payment_status: str
    mode: str
    amount_total: int | None
    currency: str | None
    is_live: bool
    payment_intent: str | None
    has_failed_payment: bool
    reference: str | None
    attempt_key: str | None
    url: str | None


def create_session(request: dict[str, Any], idempotency_key: str) -> CheckoutSession:
    """Asks for a Checkout Session. The same request and key give the same session, for 24 hours.

    Raises GatewayRejected also for an answer that would send the shopper to a foreign address, and
    FailureRemembered: a session may exist then, but nobody was told its address.
    """
    session = parse_session(_ask_for_session(request, idempotency_key))
    if session.url and not is_payment_address(session.url):
        raise GatewayRejected("Stripe's answer leads to an address that is not Stripe's.")
    return session


def _ask_for_session(request: dict[str, Any], idempotency_key: str) -> dict[str, Any]:
    for attempt in count(1):
        try:
            answer = client().v1.checkout.sessions.create(
                request,  # type: ignore[arg-type]
                {"idempotency_key": idempotency_key},
            )
        except stripe.StripeError as error:
            if is_remembered_failure(error):
                raise FailureRemembered(f"{error.http_status}, remembered for the key") from error
            pause = _pause_after(error, attempt)
            if pause is None:
                raise translated(error) from error
            time.sleep(pause)
        else:
            return answer.to_dict()
    raise AssertionError("Unreachable.")


def _pause_after(error: stripe.StripeError, attempt: int) -> float | None:
    """Seconds to wait before the next try while a shopper waits; None for no further one."""
    if error.http_status == BUSY_STATUS and attempt < BUSY_TRIES:
        return 0.25 * attempt
    if error.http_status == RATE_LIMIT_STATUS and attempt == 1:
        return random.uniform(*RATE_LIMIT_PAUSE)  # noqa: S311  Nothing secret about it.
    return None


def retrieve_session(session_id: str) -> CheckoutSession:
    try:
        answer = client().v1.checkout.sessions.retrieve(session_id, {"expand": ["payment_intent"]})
    except stripe.StripeError as error:
        raise translated(error) from error
    return parse_session(answer.to_dict())


def expire_session(session_id: str) -> CheckoutSession:
    """Closes a session, so that it cannot be paid any more.

    One that is not open any longer cannot be closed; then its present state is returned, which may
    be that it was paid a moment ago.
    """
    try:
        answer = client().v1.checkout.sessions.expire(session_id)
    except stripe.InvalidRequestError:
        return retrieve_session(session_id)
    except stripe.StripeError as error:
        raise translated(error) from error
    return parse_session(answer.to_dict())


def parse_session(data: dict[str, Any]) -> CheckoutSession:
    """The record of a session's JSON, from an answer of the API or from an event."""
    intent = data.get("payment_intent")
    return CheckoutSession(
        id=data["id"],
        status=data.get("status"),
        payment_status=data.get("payment_status") or "unpaid",
        mode=data.get("mode") or "",
        amount_total=data.get("amount_total"),
        currency=data.get("currency"),
        is_live=bool(data.get("livemode")),
        payment_intent=intent["id"] if isinstance(intent, dict) else intent,
        has_failed_payment=isinstance(intent, dict) and intent.get("status") in FAILED_INTENTS,
        reference=data.get("client_reference_id"),
        attempt_key=(data.get("metadata") or {}).get("attempt"),
        url=data.get("url"),
    )


def is_payment_address(url: str) -> bool:
    """True for Stripe's own page, or the stand-in's where one is configured."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    return origin in {settings.STRIPE_CHECKOUT_ORIGIN, settings.STRIPE_API_BASE.rstrip("/")} - {""}
