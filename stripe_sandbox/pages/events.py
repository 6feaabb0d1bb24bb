"""One event: what it says, how it was delivered, and a button that sends it again."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from stripe_sandbox.deliveries import Delivery, list_deliveries
from stripe_sandbox.pages.words import write_time
from stripe_sandbox.posting import render_payload
from stripe_sandbox.sandbox import Sandbox
from stripe_sandbox.storage import Records
from stripe_sandbox.subscriptions import describe_endpoint


@dataclass(frozen=True)
class _Journey:
    """The way of the event to one endpoint."""

    address: str
    delivery: Delivery


def build_events(sandbox: Sandbox) -> Blueprint:
    """The addresses under ``/events/`` of one sandbox."""
    pages = Blueprint("events", __name__)

    @pages.get("/events/<event_id>")
    def show(event_id: str) -> ResponseReturnValue:
        with sandbox.store.reading() as records:
            event = records.find("event", event_id)
            journeys = _list_journeys(records, sandbox, event_id)
        if event is None:
            raise NotFound
        return render_template(
            "event.html",
            event=event,
            journeys=journeys,
            body=render_payload(event).decode(),
            write_time=write_time,
        )

    @pages.post("/events/<event_id>/resend")
    def resend(event_id: str) -> ResponseReturnValue:
        if not sandbox.dispatcher.send_now(event_id):
            raise NotFound
        return redirect(url_for("events.show", event_id=event_id), 303)

    return pages


def _list_journeys(records: Records, sandbox: Sandbox, event_id: str) -> list[_Journey]:
    return [
        _Journey(describe_endpoint(records, sandbox.settings, delivery.endpoint), delivery)
        for delivery in list_deliveries(records, event_id)
    ]
