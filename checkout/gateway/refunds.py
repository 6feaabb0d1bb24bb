"""Money back."""

from dataclasses import dataclass
from typing import Any

import stripe

from checkout.gateway.client import client, translated


@dataclass(frozen=True)
class GatewayRefund:
    """A refund at Stripe. `status` is Stripe's word."""

    id: str
    status: str


def create_refund(request: dict[str, Any], idempotency_key: str) -> GatewayRefund:
    """Asks for a refund. The same request and key give the same refund, for 24 hours."""
    try:
        answer = client().v1.refunds.create(
            request,  # type: ignore[arg-type]
            {"idempotency_key": idempotency_key},
        )
    except stripe.StripeError as error:
        raise translated(error) from error
    return GatewayRefund(id=answer.id, status=answer.status or "pending")
