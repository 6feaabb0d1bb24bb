"""The endpoints the sandbox plays."""

from stripe.params import EventListParams, EventRetrieveParams
from stripe.params.checkout import (
    SessionCreateParams,
    SessionExpireParams,
    SessionLineItemListParams,
    SessionListParams,
    SessionRetrieveParams,
    SessionUpdateParams,
)

from stripe_sandbox.api.endpoint import Endpoint
from stripe_sandbox.api.expand import expand_list
from stripe_sandbox.api.handlers import Params, PathValues, expanded
from stripe_sandbox.api.lists import build_page, is_created_within
from stripe_sandbox.api.money_endpoints import MONEY_ENDPOINTS
from stripe_sandbox.api.webhook_endpoints import WEBHOOK_ENDPOINTS
from stripe_sandbox.deliveries import count_undelivered
from stripe_sandbox.errors import InvalidParameter, no_such
from stripe_sandbox.rules.common import check_metadata, not_played
from stripe_sandbox.services.sessions import (
    change_session,
    create_session,
    expire_overdue_sessions,
    expire_session,
    load_session,
    update_session_metadata,
)
from stripe_sandbox.storage import Document
from stripe_sandbox.unit import UnitOfWork

_MAXIMUM_TYPES = 20


def _create_session(unit: UnitOfWork, params: Params, path: PathValues) -> Document:
    session = create_session(unit, params)
    if changes := unit.controls.take_session_changes():
        session = change_session(unit, session["id"], changes)
    return expanded(unit, session, params)


def _retrieve_session(unit: UnitOfWork, params: Params, path: PathValues) -> Document:
    return expanded(unit, load_session(unit, path["id"]), params)


def _update_session(unit: UnitOfWork, params: Params, path: PathValues) -> Document:
    for name in params:
        if name not in {"metadata", "expand"}:
            raise not_played(name)
    metadata = params.get("metadata", {})
    if metadata != "":
        check_metadata(metadata, "metadata")
    return expanded(unit, update_session_metadata(unit, path["id"], metadata), params)


def _expire_session(unit: UnitOfWork, params: Params, path: PathValues) -> Document:
    return expanded(unit, expire_session(unit, path["id"]), params)


def _list_sessions(unit: UnitOfWork, params: Params, path: PathValues) -> Document:
    expire_overdue_sessions(unit)
    email = params.get("customer_details", {}).get("email")
    sessions = [
        session
        for session in unit.records.list_all("checkout.session")
        if is_created_within(session, params.get("created"))
        and all(
            params.get(name, session[name]) == session[name]
            for name in ("customer", "customer_account", "payment_intent", "status")
        )
        and not {"payment_link", "subscription"} & params.keys()
        and (email is None or (session["customer_details"] or {}).get("email") == email)
    ]
    page = build_page(sessions, params, url="/v1/checkout/sessions")
    return expand_list(unit.records, page, params.get("expand", []))


def _list_line_items(unit: UnitOfWork, params: Params, path: PathValues) -> Document:
    session = load_session(unit, path["id"])
    items = unit.records.list_all("item", parent=session["id"], newest_first=False)
    page = build_page(items, params, url=f"/v1/checkout/sessions/{session['id']}/line_items")
    return expand_list(unit.records, page, params.get("expand", []))


def _retrieve_event(unit: UnitOfWork, params: Params, path: PathValues) -> Document:
    event = unit.records.find("event", path["id"])
    if event is None:
        raise no_such("event", path["id"])
    return expanded(unit, _with_pending(unit, event), params)


def _with_pending(unit: UnitOfWork, event: Document) -> Document:
    return {**event, "pending_webhooks": count_undelivered(unit.records, event["id"])}


def _list_events(unit: UnitOfWork, params: Params, path: PathValues) -> Document:
    wanted = _event_types(params)
    delivered = params.get("delivery_success")
    events = [
        event
        for stored in unit.records.list_all("event")
        if (wanted is None or _matches(stored["type"], wanted))
        and is_created_within(stored, params.get("created"))
        and (event := _with_pending(unit, stored))
        and (delivered is None or (event["pending_webhooks"] == 0) == delivered)
    ]
    page = build_page(events, params, url="/v1/events")
    return expand_list(unit.records, page, params.get("expand", []))


def _event_types(params: Params) -> list[str] | None:
    if "type" in params and "types" in params:
        raise InvalidParameter(
            "You may only specify one of these parameters: type, types.",
            param=None,
            code="parameters_exclusive",
        )
    types: list[str] | None = [params["type"]] if "type" in params else params.get("types")
    if types is not None and len(types) > _MAXIMUM_TYPES:
        raise InvalidParameter(f"You may list at most {_MAXIMUM_TYPES} types.", param="types")
    return types


def _matches(kind: str, wanted: list[str]) -> bool:
    """``charge.*`` stands for every type that begins with ``charge.``."""
    return any(
        kind.startswith(pattern[:-1]) if pattern.endswith(".*") else kind == pattern
        for pattern in wanted
    )


_SESSIONS = "/v1/checkout/sessions"
ENDPOINTS = (
    Endpoint("POST", _SESSIONS, SessionCreateParams, _create_session),
    Endpoint("GET", _SESSIONS, SessionListParams, _list_sessions),
    Endpoint("GET", f"{_SESSIONS}/<id>", SessionRetrieveParams, _retrieve_session),
    Endpoint("POST", f"{_SESSIONS}/<id>", SessionUpdateParams, _update_session),
    Endpoint("POST", f"{_SESSIONS}/<id>/expire", SessionExpireParams, _expire_session),
    Endpoint("GET", f"{_SESSIONS}/<id>/line_items", SessionLineItemListParams, _list_line_items),
    *MONEY_ENDPOINTS,
    Endpoint("GET", "/v1/events", EventListParams, _list_events),
    Endpoint("GET", "/v1/events/<id>", EventRetrieveParams, _retrieve_event),
    *WEBHOOK_ENDPOINTS,
)
