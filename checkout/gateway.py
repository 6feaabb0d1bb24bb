"""The one door to Stripe. Nothing else in the shop imports the SDK or knows its types.

Every call may raise GatewayUnavailable (try again later, with the same request) or GatewayRejected
(this request will never work). What comes back are small frozen records of what the shop needs.
"""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import stripe
from django.conf import settings

SIGNATURE_TOLERANCE = 300  # Seconds, to both sides; the SDK looks at the past only.
BUSY_STATUS = 409  # The twin of this request is running at Stripe right now.
BUSY_TRIES = 4
# The session of a delayed method is complete either way; only its intent says that it failed.
FAILED_INTENTS = ("requires_payment_method", "canceled")


class GatewayUnavailable(Exception):
    """Stripe did not answer, or not now. The same request may be sent again."""


class GatewayRejected(Exception):
    """Stripe understood the request and said no."""


class InvalidSignature(Exception):
    """A webhook that is not Stripe's, too old, or no event at all."""


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


@dataclass(frozen=True)
class GatewayEvent:
    """A verified event; `object` is the plain JSON of what it is about."""

    id: str
    type: str
    api_version: str
    is_live: bool
    created_at: datetime
    object: dict[str, Any]


def create_session(request: dict[str, Any], idempotency_key: str) -> CheckoutSession:
    """Asks for a Checkout Session. The same request and key give the same session, for 24 hours.

    Raises GatewayRejected also for an answer that would send the shopper to a foreign address.
    """
    for attempt in range(1, BUSY_TRIES + 1):
        try:
            answer = _client().v1.checkout.sessions.create(
                request,  # type: ignore[arg-type]
                {"idempotency_key": idempotency_key},
            )
            break
        except stripe.StripeError as error:
            if error.http_status != BUSY_STATUS or attempt == BUSY_TRIES:
                raise _translated(error) from error
            time.sleep(0.25 * attempt)
    session = parse_session(answer.to_dict())
    if session.url and not is_payment_address(session.url):
        raise GatewayRejected("Stripe's answer leads to an address that is not Stripe's.")
    return session


def retrieve_session(session_id: str) -> CheckoutSession:
    try:
        answer = _client().v1.checkout.sessions.retrieve(session_id, {"expand": ["payment_intent"]})
    except stripe.StripeError as error:
        raise _translated(error) from error
    return parse_session(answer.to_dict())


def expire_session(session_id: str) -> CheckoutSession:
    """Closes a session, so that it cannot be paid any more.

    One that is not open any longer cannot be closed; then its present state is returned, which may
    be that it was paid a moment ago.
    """
    try:
        answer = _client().v1.checkout.sessions.expire(session_id)
    except stripe.InvalidRequestError:
        return retrieve_session(session_id)
    except stripe.StripeError as error:
        raise _translated(error) from error
    return parse_session(answer.to_dict())


def verify_event(payload: bytes, signature: str | None) -> GatewayEvent:
    """The event of a webhook's raw body, if any of our secrets signed it. Raises InvalidSignature.

    Several secrets are tried, so that one can be rolled without losing an event.
    """
    try:
        text = payload.decode("utf-8")
        if not any(_is_signed(text, signature, secret) for secret in _webhook_secrets()):
            raise InvalidSignature("No secret of ours signed this.")
        return _parse_event(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidSignature("Not an event.") from error


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


def is_live_mode() -> bool:
    """Whether our key moves real money."""
    key: str = settings.STRIPE_SECRET_KEY
    return key.startswith(("sk_live_", "rk_live_"))


def is_payment_address(url: str) -> bool:
    """True for Stripe's own page, or the stand-in's where one is configured."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    return origin in {settings.STRIPE_CHECKOUT_ORIGIN, settings.STRIPE_API_BASE.rstrip("/")} - {""}


def _client() -> stripe.StripeClient:
    return _cached_client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE.rstrip("/"))


@lru_cache(maxsize=8)
def _cached_client(key: str, base: str) -> stripe.StripeClient:
    stripe.enable_telemetry = False
    timeout = (settings.STRIPE_CONNECT_TIMEOUT, settings.STRIPE_READ_TIMEOUT)
    return stripe.StripeClient(
        key,
        base_addresses={"api": base} if base else None,
        http_client=stripe.RequestsClient(timeout=timeout),
        # A shopper waits for this. Trying again is what the stored key is for.
        max_network_retries=0,
    )


def _webhook_secrets() -> list[str]:
    return [secret.strip() for secret in settings.STRIPE_WEBHOOK_SECRETS if secret.strip()]


def _is_signed(text: str, signature: str | None, secret: str) -> bool:
    try:
        stripe.WebhookSignature.verify_header(text, signature, secret, SIGNATURE_TOLERANCE)
    except stripe.SignatureVerificationError:
        return False
    stamp = next(part[2:] for part in (signature or "").split(",") if part.startswith("t="))
    return int(stamp) <= time.time() + SIGNATURE_TOLERANCE


def _parse_event(data: dict[str, Any]) -> GatewayEvent:
    if data.get("object") != "event" or not isinstance(data["data"]["object"], dict):
        raise InvalidSignature("Not a snapshot event.")
    return GatewayEvent(
        id=str(data["id"]),
        type=str(data["type"]),
        api_version=str(data.get("api_version") or ""),
        is_live=bool(data["livemode"]),
        created_at=datetime.fromtimestamp(int(data["created"]), tz=UTC),
        object=data["data"]["object"],
    )


def _translated(error: stripe.StripeError) -> Exception:
    """Ours for the SDK's. Only Stripe's code goes on, since its text may repeat what was sent."""
    is_refusal = isinstance(
        error, (stripe.InvalidRequestError, stripe.IdempotencyError, stripe.CardError)
    )
    label = f"{type(error).__name__} {error.http_status or ''} {error.code or ''}".strip()
    if is_refusal and error.http_status not in (BUSY_STATUS, None):
        return GatewayRejected(label)
    return GatewayUnavailable(label)
