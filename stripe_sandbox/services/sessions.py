"""The life of a Checkout Session apart from its payment."""

from collections.abc import Mapping
from typing import Any

from stripe_sandbox.errors import ApiError, no_such
from stripe_sandbox.ids import new_id
from stripe_sandbox.resources.line_items import build_line_item, build_shipping_rate
from stripe_sandbox.resources.metadata import merge_metadata
from stripe_sandbox.resources.sessions import build_session
from stripe_sandbox.rules.sessions import check_session
from stripe_sandbox.storage import Document
from stripe_sandbox.unit import Origin, UnitOfWork

KIND = "checkout.session"


def create_session(unit: UnitOfWork, params: Mapping[str, Any]) -> Document:
    """An open session with its line items. Raises InvalidParameter for rules that are broken."""
    check_session(params, now=unit.now)
    items = [build_line_item(item, now=unit.now) for item in params["line_items"]]
    rates = [
        build_shipping_rate(option["shipping_rate_data"], now=unit.now)
        for option in params.get("shipping_options", [])
    ]
    session = build_session(
        params,
        line_items=items,
        shipping_rates=rates,
        base_url=unit.settings.base_url,
        merchant_name=unit.settings.merchant_name,
        now=unit.now,
    )
    private = {"payment_intent_data": params.get("payment_intent_data", {})}
    unit.records.insert(session, private=private)
    for item in items:
        unit.records.insert(item, parent=session["id"])
    for rate in rates:
        unit.records.insert(rate)
    return session


def create_foreign_session(
    unit: UnitOfWork, *, amount: int, currency: str, reference: str | None, email: str
) -> Document:
    """A session that the shop never asked for, as one of a Payment Link or of other software on
    the same account. Its reference may be anything, such as the number of an order."""
    price = {"currency": currency, "unit_amount": amount, "product_data": {"name": "Payment link"}}
    params: dict[str, Any] = {
        "mode": "payment",
        "customer_email": email,
        "line_items": [{"price_data": price, "quantity": 1}],
        "success_url": f"{unit.settings.base_url}/",
    }
    if reference:
        params["client_reference_id"] = reference
    session = create_session(unit, params)
    session["payment_link"] = new_id("plink")
    unit.records.save(session)
    return session


def change_session(unit: UnitOfWork, session_id: str, changes: Mapping[str, Any]) -> Document:
    """Makes a session other than the shop asked for it. Events and payments of it follow suit."""
    session = load_session(unit, session_id)
    session.update(changes)
    unit.records.save(session)
    return session


def load_session(unit: UnitOfWork, session_id: str) -> Document:
    """The session as it is now: one whose time has passed is expired on the way.

    Raises ApiError (404) for an unknown id.
    """
    session = unit.records.find(KIND, session_id)
    if session is None:
        raise no_such(KIND, session_id, param="session")
    if session["status"] == "open" and session["expires_at"] <= unit.now:
        _expire(unit, session, Origin())
    return session


def expire_session(unit: UnitOfWork, session_id: str) -> Document:
    """Ends an open session at the shop's wish. Raises ApiError when it is not open any more."""
    session = load_session(unit, session_id)
    if session["status"] != "open":
        raise ApiError(
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of {session['status']}.",
        )
    _expire(unit, session, unit.origin)
    return session


def expire_overdue_sessions(unit: UnitOfWork) -> int:
    """Expires every open session whose time has passed, and returns how many there were."""
    overdue = unit.records.overdue_sessions(unit.now)
    for session in overdue:
        _expire(unit, session, Origin())
    return len(overdue)


def _expire(unit: UnitOfWork, session: Document, origin: Origin) -> None:
    session["status"] = "expired"
    session["url"] = None
    unit.records.save(session)
    unit.emit("checkout.session.expired", session, origin=origin)


def update_session_metadata(
    unit: UnitOfWork, session_id: str, metadata: Mapping[str, str] | str
) -> Document:
    """Merges ``metadata`` as ``merge_metadata`` does."""
    session = load_session(unit, session_id)
    session["metadata"] = merge_metadata(session["metadata"], metadata)
    unit.records.save(session)
    return session
