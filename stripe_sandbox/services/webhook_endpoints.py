"""Webhook endpoints that come, change and go by the API. They stay in the file as orders do."""

from collections.abc import Mapping
from typing import Any

import stripe

from stripe_sandbox.errors import ApiError, InvalidParameter, SandboxRefusal, no_such
from stripe_sandbox.ids import new_webhook_secret
from stripe_sandbox.resources.metadata import merge_metadata
from stripe_sandbox.resources.webhook_endpoints import build_given_endpoint, build_webhook_endpoint
from stripe_sandbox.rules.common import check_metadata, is_absolute_url, not_played
from stripe_sandbox.settings import check_webhook_url
from stripe_sandbox.storage import Document
from stripe_sandbox.unit import UnitOfWork

KIND = "webhook_endpoint"
_MOST = 16


def list_webhook_endpoints(unit: UnitOfWork) -> list[Document]:
    """All of them, the newest first; the one of the settings was there before any other."""
    url = unit.settings.webhook_url
    given = [] if url is None else [build_given_endpoint(url)]
    return unit.records.list_all(KIND) + given


def load_webhook_endpoint(unit: UnitOfWork, identifier: str) -> Document:
    """The endpoint without its secret. Raises ApiError (404) for an unknown id."""
    for endpoint in list_webhook_endpoints(unit):
        if endpoint["id"] == identifier:
            return endpoint
    raise no_such("webhook endpoint", identifier)


def create_webhook_endpoint(unit: UnitOfWork, params: Mapping[str, Any]) -> Document:
    """An endpoint that gets the events from now on, answered with its secret, which no later answer
    has. Raises InvalidParameter for rules that are broken."""
    _check_url(params["url"])
    if params.get("connect"):
        raise not_played("connect")
    if params.get("api_version", stripe.api_version) != stripe.api_version:
        raise InvalidParameter(
            f"The sandbox plays api_version={stripe.api_version} only, not "
            f"{params['api_version']}.",
            param="api_version",
        )
    if len(list_webhook_endpoints(unit)) >= _MOST:
        raise ApiError(f"You have reached the maximum of {_MOST} test webhook endpoints.")
    endpoint = build_webhook_endpoint(params, now=unit.now)
    _merge_metadata(endpoint, params)
    secret = new_webhook_secret()
    unit.records.insert(endpoint, private={"secret": secret})
    return {**endpoint, "secret": secret}


def update_webhook_endpoint(
    unit: UnitOfWork, identifier: str, params: Mapping[str, Any]
) -> Document:
    """Changes what is named. Events that are under way are not asked whether they still fit."""
    endpoint = _load_own(unit, identifier)
    if "url" in params:
        _check_url(params["url"])
        endpoint["url"] = params["url"]
    if "enabled_events" in params:
        endpoint["enabled_events"] = params["enabled_events"]
    if "disabled" in params:
        endpoint["status"] = "disabled" if params["disabled"] else "enabled"
    if "description" in params:
        endpoint["description"] = params["description"] or None
    _merge_metadata(endpoint, params)
    unit.records.save(endpoint)
    return endpoint


def delete_webhook_endpoint(unit: UnitOfWork, identifier: str) -> Document:
    """Takes it away for good; what it still waits for is given up when it is due."""
    _load_own(unit, identifier)
    unit.records.delete(identifier)
    return {"id": identifier, "object": KIND, "deleted": True}


def _load_own(unit: UnitOfWork, identifier: str) -> Document:
    """One that the API made. The other is the program's, which would bring it back at its start."""
    endpoint = load_webhook_endpoint(unit, identifier)
    if unit.records.find(KIND, identifier) is None:
        raise ApiError(
            "This webhook endpoint is the one the sandbox was started with. Start it with another "
            "address instead.",
            stored=False,
        )
    return endpoint


def _check_url(url: str) -> None:
    if not is_absolute_url(url):
        raise InvalidParameter(
            "Not a valid URL. It must be absolute and begin with http:// or https://.",
            param="url",
            code="url_invalid",
        )
    try:
        check_webhook_url(url)
    except SandboxRefusal as refusal:
        raise InvalidParameter(str(refusal), param="url", code="url_invalid") from refusal


def _merge_metadata(endpoint: Document, params: Mapping[str, Any]) -> None:
    given = params.get("metadata", {})
    if given != "":
        check_metadata(given, "metadata")
    endpoint["metadata"] = merge_metadata(endpoint["metadata"], given)
