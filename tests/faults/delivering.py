"""Posts to the webhook by hand: whatever somebody may send, signed or not."""

import json
import time
from typing import Any

import stripe
from django.http import HttpResponse
from django.test import Client

SECRET = "whsec_tests"
WEBHOOK = "/checkout/webhook/"


def event_body(**changes: Any) -> bytes:
    """An event of Stripe's about nothing that is known here."""
    event = {
        "id": "evt_1",
        "object": "event",
        "type": "checkout.session.completed",
        "api_version": "2026-10-28.endive",
        "livemode": False,
        "created": 1_790_000_000,
        "data": {"object": {"id": "cs_test_1", "object": "checkout.session"}},
        **changes,
    }
    return json.dumps(event).encode()


def signature(body: bytes, *, secret: str = SECRET, age: float = 0) -> str:
    """The header that Stripe would send with this body so many seconds ago."""
    stamp = int(time.time() - age)
    header: str = stripe.WebhookSignature.generate_signature_header(
        body.decode("latin-1"), secret, stamp
    )
    return header


def post(body: bytes, header: str | None) -> HttpResponse:
    headers = {} if header is None else {"Stripe-Signature": header}
    return Client().post(WEBHOOK, data=body, content_type="application/json", headers=headers)
