"""One event: what it says, how it was delivered, and a button that sends it again."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from stripe_sandbox.deliveries import list_deliveries
from stripe_sandbox.pages.words import write_time
from stripe_sandbox.posting import render_payload
from stripe_sandbox.sandbox import Sandbox


def build_events(sandbox: Sandbox) -> Blueprint:
    """The addresses under ``/events/`` of one sandbox."""
    pages = Blueprint("events", __name__)

    @pages.get("/events/<event_id>")
    def show(event_id: str) -> ResponseReturnValue:
        with sandbox.store.reading() as records:
            event = records.find("event", event_id)
            deliveries = list_deliveries(records, event_id)
        if event is None:
            raise NotFound
        return render_template(
            "event.html",
            event=event,
            delivery=deliveries[0] if deliveries else None,
            body=render_payload(event).decode(),
            write_time=write_time,
        )

    @pages.post("/events/<event_id>/resend")
    def resend(event_id: str) -> ResponseReturnValue:
        if not sandbox.dispatcher.send_now(event_id):
            raise NotFound
        return redirect(url_for("events.show", event_id=event_id), 303)

    return pages
