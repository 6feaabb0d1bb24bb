"""Events: verified before anything of them is believed."""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import stripe
from django.conf import settings

SIGNATURE_TOLERANCE = 300  # Seconds, to both sides.


class InvalidSignature(Exception):
    """A webhook that is not Stripe's, too old, or no event at all."""


class WrongMoment(InvalidSignature):
    """Signed with a secret of ours, but long ago or ahead of time; `seconds` is how long ago.
    Somebody kept it and sent it again, or one of two clocks is wrong."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Signed {seconds} seconds ago.")
        self.seconds = seconds


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
    """The event of a webhook's raw body, if any of our secrets signed it just now. Raises
    InvalidSignature.

    Several secrets are tried, so that one can be rolled without losing an event.
    """
    try:
        text = payload.decode("utf-8")
        if not any(_is_signed(text, signature, secret) for secret in _webhook_secrets()):
            raise InvalidSignature("No secret of ours signed this.")
        _check_moment(signature or "")
        return _parse_event(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidSignature("Not an event.") from error


def _webhook_secrets() -> list[str]:
    return [secret.strip() for secret in settings.STRIPE_WEBHOOK_SECRETS if secret.strip()]


def _is_signed(text: str, signature: str | None, secret: str) -> bool:
    try:
        stripe.WebhookSignature.verify_header(text, signature, secret)
    except stripe.SignatureVerificationError:
        return False
    return True


def _check_moment(signature: str) -> None:
    """Of a header whose signature is good. The SDK would look at the past only."""
    stamp = next(part[2:] for part in signature.split(",") if part.startswith("t="))
    seconds = round(time.time() - int(stamp))
    if abs(seconds) > SIGNATURE_TOLERANCE:
        raise WrongMoment(seconds)


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
