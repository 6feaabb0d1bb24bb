"""The endpoints about webhook endpoints."""

from stripe.params import (
    WebhookEndpointCreateParams,
    WebhookEndpointDeleteParams,
    WebhookEndpointListParams,
    WebhookEndpointRetrieveParams,
    WebhookEndpointUpdateParams,
)

from stripe_sandbox.api.endpoint import Endpoint
from stripe_sandbox.api.expand import expand_list
from stripe_sandbox.api.handlers import Params, PathValues, expanded
from stripe_sandbox.api.lists import build_page
from stripe_sandbox.services.webhook_endpoints import (
    create_webhook_endpoint,
    delete_webhook_endpoint,
    list_webhook_endpoints,
    load_webhook_endpoint,
    update_webhook_endpoint,
)
from stripe_sandbox.storage import Document
from stripe_sandbox.unit import UnitOfWork

_ALL = "/v1/webhook_endpoints"
_ONE = f"{_ALL}/<id>"


def _create(unit: UnitOfWork, params: Params, path: PathValues) -> Document:
    return expanded(unit, create_webhook_endpoint(unit, params), params)


def _list(unit: UnitOfWork, params: Params, path: PathValues) -> Document:
    page = build_page(list_webhook_endpoints(unit), params, url=_ALL)
    return expand_list(unit.records, page, params.get("expand", []))


def _retrieve(unit: UnitOfWork, params: Params, path: PathValues) -> Document:
    return expanded(unit, load_webhook_endpoint(unit, path["id"]), params)


def _update(unit: UnitOfWork, params: Params, path: PathValues) -> Document:
    return expanded(unit, update_webhook_endpoint(unit, path["id"], params), params)


def _delete(unit: UnitOfWork, params: Params, path: PathValues) -> Document:
    return delete_webhook_endpoint(unit, path["id"])


WEBHOOK_ENDPOINTS = (
    Endpoint("POST", _ALL, WebhookEndpointCreateParams, _create),
    Endpoint("GET", _ALL, WebhookEndpointListParams, _list),
    Endpoint("GET", _ONE, WebhookEndpointRetrieveParams, _retrieve),
    Endpoint("POST", _ONE, WebhookEndpointUpdateParams, _update),
    Endpoint("DELETE", _ONE, WebhookEndpointDeleteParams, _delete),
)
