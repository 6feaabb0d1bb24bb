"""The SDK's client, and what its errors mean to the shop."""

import logging
from functools import lru_cache
from http import HTTPStatus

import stripe
from django.conf import settings

logger = logging.getLogger(__name__)

API_VERSION: str = stripe.api_version  # The one this SDK speaks, and events should be written in.
BUSY_STATUS = 409  # The twin of this request is running at Stripe right now.
RATE_LIMIT_STATUS = 429


class GatewayUnavailable(Exception):
    """Stripe did not answer, or not now. The same request may be sent again."""


class GatewayRejected(Exception):
    """Stripe understood the request and said no."""


class FailureRemembered(GatewayRejected):
    """Stripe failed, and repeats that for the key: only another key can get another answer. What
    was asked for may exist."""


def is_live_mode() -> bool:
    """Whether our key moves real money."""
    key: str = settings.STRIPE_SECRET_KEY
    return key.startswith(("sk_live_", "rk_live_"))


def client() -> stripe.StripeClient:
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


def is_remembered_failure(error: stripe.StripeError) -> bool:
    """A failure of Stripe's own that it will repeat for this idempotency key, as it says itself."""
    headers = error.headers or {}
    is_replayed = headers.get("Idempotent-Replayed") == "true"
    return is_replayed and (error.http_status or 0) >= HTTPStatus.INTERNAL_SERVER_ERROR


def translated(error: stripe.StripeError) -> Exception:
    """Ours for the SDK's. Only Stripe's code goes on, since its text may repeat what was sent."""
    is_refusal = isinstance(
        error, (stripe.InvalidRequestError, stripe.IdempotencyError, stripe.CardError)
    )
    label = f"{type(error).__name__} {error.http_status or ''} {error.code or ''}".strip()
    if isinstance(error, (stripe.AuthenticationError, stripe.PermissionError)):
        logger.critical("Stripe refuses this shop's key, so nobody can pay: %s.", label)
    if is_refusal and error.http_status not in (BUSY_STATUS, None):
        return GatewayRejected(label)
    return GatewayUnavailable(label)
