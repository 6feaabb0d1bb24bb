"""Money back."""

from dataclasses import dataclass
from typing import Any

import stripe

from checkout.gateway.client import (
    GatewayUnavailable,
    client,
    is_remembered_failure,
    translated,
)


class RefundUnanswered(GatewayUnavailable):
    """Stripe failed, and repeats that for the key. The money may have gone back: only the list of
    refunds can say."""


@dataclass(frozen=True)
class GatewayRefund:
    """A refund at Stripe. `status` is Stripe's word."""

    id: str
    status: str


def create_refund(request: dict[str, Any], idempotency_key: str) -> GatewayRefund:
    """Asks for a refund. The same request and key give the same refund, for 24 hours. Raises
    RefundUnanswered as well."""
    try:
        answer = client().v1.refunds.create(
            request,  # type: ignore[arg-type]
            {"idempotency_key": idempotency_key},
        )
    except stripe.StripeError as error:
        if is_remembered_failure(error):
            raise RefundUnanswered(f"{error.http_status}, remembered for the key") from error
        raise translated(error) from error
    return GatewayRefund(id=answer.id, status=answer.status or "pending")
