"""The start page: what happened lately, for a developer to look at, and what a bank can do."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from stripe_sandbox.deliveries import DELIVERED, FAILED, PENDING, Delivery, list_deliveries
from stripe_sandbox.money import format_amount
from stripe_sandbox.pages.words import list_deviations, write_time
from stripe_sandbox.sandbox import Sandbox
from stripe_sandbox.storage import Document, Records
from stripe_sandbox.subscriptions import list_addresses

_SHOWN = 20
_WORST_FIRST = (PENDING, FAILED, DELIVERED)


@dataclass(frozen=True)
class _Row:
    """One line of a table. ``state`` is a word that the style sheet also knows."""

    id: str
    time: str
    state: str
    note: str
    amount: str = ""
    url: str = ""
    can_be_disputed: bool = False
    can_be_sent: bool = False


def build_overview(sandbox: Sandbox) -> Blueprint:
    """The page at ``/`` of one sandbox."""
    pages = Blueprint("overview", __name__)

    @pages.get("/")
    def show() -> ResponseReturnValue:
        with sandbox.store.reading() as records:
            sessions = [_session_row(body) for body in _recent(records, "checkout.session")]
            disputes = [_dispute_row(body) for body in _recent(records, "dispute")]
            disputed = {row.note for row in disputes}
            payments = [_payment_row(body, disputed) for body in _recent(records, "payment_intent")]
            events = [_event_row(records, body) for body in _recent(records, "event")]
            addresses = list_addresses(records, sandbox.settings)
        return render_template(
            "overview.html",
            settings=sandbox.settings,
            addresses=addresses,
            sessions=sessions,
            payments=payments,
            disputes=disputes,
            events=events,
            deviations=list_deviations(sandbox),
        )

    return pages


def _recent(records: Records, kind: str) -> list[Document]:
    return records.list_all(kind, limit=_SHOWN)


def _session_row(session: Document) -> _Row:
    return _Row(
        id=session["id"],
        time=write_time(session["created"]),
        state=session["status"],
        note=session["client_reference_id"] or "",
        amount=format_amount(session["amount_total"], session["currency"]),
        url=session["url"] or "",
    )


def _payment_row(intent: Document, disputed: set[str]) -> _Row:
    error = intent["last_payment_error"]
    return _Row(
        id=intent["id"],
        time=write_time(intent["created"]),
        state=intent["status"],
        note="" if error is None else error["message"],
        amount=format_amount(intent["amount"], intent["currency"]),
        can_be_disputed=intent["status"] == "succeeded" and intent["id"] not in disputed,
    )


def _dispute_row(dispute: Document) -> _Row:
    return _Row(
        id=dispute["id"],
        time=write_time(dispute["evidence_details"]["due_by"]),
        state=dispute["status"],
        note=dispute["payment_intent"],
        amount=format_amount(dispute["amount"], dispute["currency"]),
    )


def _event_row(records: Records, event: Document) -> _Row:
    deliveries = list_deliveries(records, event["id"])
    if not deliveries:
        return _Row(event["id"], write_time(event["created"]), "not sent", event["type"])
    state = _describe_worst(deliveries)
    return _Row(event["id"], write_time(event["created"]), state, event["type"], can_be_sent=True)


def _describe_worst(deliveries: Sequence[Delivery]) -> str:
    """How it goes with the endpoint that an event has the most trouble with."""
    delivery = min(deliveries, key=lambda one: _WORST_FIRST.index(one.state))
    if not delivery.log:
        return delivery.state
    last = delivery.log[-1]
    tries = f"{delivery.attempts} {'try' if delivery.attempts == 1 else 'tries'}"
    return f"{delivery.state} ({last.status or last.error.rstrip('.')}, {tries})"
