"""Webhook endpoints: the one a sandbox is started with, and those its API was asked for."""

import hashlib
from collections.abc import Mapping
from typing import Any

import stripe

from stripe_sandbox.ids import new_id
from stripe_sandbox.storage import Document


def build_given_endpoint(url: str) -> Document:
    """The configured address as Stripe lists it; its id depends on the address alone."""
    return {
        **_build(url, ["*"]),
        "id": f"we_1{hashlib.sha256(url.encode()).hexdigest()[:23]}",
        "api_version": stripe.api_version,
    }


def build_webhook_endpoint(params: Mapping[str, Any], *, now: int) -> Document:
    """An enabled endpoint as it was asked for. Its secret is no part of it."""
    return {
        **_build(params["url"], params["enabled_events"]),
        "api_version": params.get("api_version"),
        "created": now,
        "description": params.get("description") or None,
    }


def _build(url: str, enabled_events: list[str]) -> Document:
    return {
        "id": new_id("we"),
        "object": "webhook_endpoint",
        "api_version": None,
        "application": None,
        "created": 0,
        "description": None,
        "enabled_events": list(enabled_events),
        "livemode": False,
        "metadata": {},
        "status": "enabled",
        "url": url,
    }
