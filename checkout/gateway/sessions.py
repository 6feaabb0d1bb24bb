"""Checkout Sessions: asked for, looked at, closed."""

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import stripe
from django.conf import settings

from checkout.gateway.client import BUSY_STATUS, GatewayRejected, client, translated

BUSY_TRIES = 4
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

    Raises GatewayRejected also for an answer that would send the shopper to a foreign address.
    """
    for attempt in range(1, BUSY_TRIES + 1):
        try:
            answer = client().v1.checkout.sessions.create(
                request,  # type: ignore[arg-type]
                {"idempotency_key": idempotency_key},
            )
            break
        except stripe.StripeError as error:
            if error.http_status != BUSY_STATUS or attempt == BUSY_TRIES:
                raise translated(error) from error
            time.sleep(0.25 * attempt)
    session = parse_session(answer.to_dict())
    if session.url and not is_payment_address(session.url):
        raise GatewayRejected("Stripe's answer leads to an address that is not Stripe's.")
    return session


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
