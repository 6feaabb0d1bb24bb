"""Events: verified before anything of them is believed."""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import stripe
from django.conf import settings

SIGNATURE_TOLERANCE = 300  # Seconds, to both sides; the SDK looks at the past only.


class InvalidSignature(Exception):
    """A webhook that is not Stripe's, too old, or no event at all."""


@dataclass(frozen=True)
class GatewayEvent:
    """A verified event; `object` is the plain JSON of what it is about."""

    id: str
    type: str
    api_version: str
    is_live: bool
    created_at: datetime
    object: dict[str, Any]


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
