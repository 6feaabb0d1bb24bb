"""The one webhook endpoint of a sandbox."""

import hashlib

import stripe

from stripe_sandbox.storage import Document


def build_webhook_endpoint(url: str) -> Document:
    """The configured address as Stripe lists it; its id depends on the address alone."""
    return {
        "id": f"we_1{hashlib.sha256(url.encode()).hexdigest()[:23]}",
        "object": "webhook_endpoint",
        "api_version": stripe.api_version,
        "application": None,
        "created": 0,
        "description": None,
        "enabled_events": ["*"],
        "livemode": False,
        "metadata": {},
        "status": "enabled",
        "url": url,
    }
