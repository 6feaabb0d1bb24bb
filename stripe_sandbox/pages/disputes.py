"""What a bank and a shop do about a dispute, as buttons of the start page."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Conflict, NotFound

from stripe_sandbox.errors import ApiError
from stripe_sandbox.sandbox import Sandbox
from stripe_sandbox.services.disputes import answer_dispute, close_dispute, open_dispute


def build_disputes(sandbox: Sandbox) -> Blueprint:
    """The addresses under ``/disputes/`` of one sandbox; each takes a POST and leads back."""
    pages = Blueprint("disputes", __name__)

    @pages.post("/disputes/open/<payment_intent>")
    def dispute(payment_intent: str) -> ResponseReturnValue:
        with _refusals_as_pages(), sandbox.unit() as unit:
            open_dispute(unit, payment_intent)
        return _back()

    @pages.post("/disputes/<dispute_id>/answer")
    def answer(dispute_id: str) -> ResponseReturnValue:
        with _refusals_as_pages(), sandbox.unit() as unit:
            answer_dispute(unit, dispute_id)
        return _back()

    @pages.post("/disputes/<dispute_id>/<any(win, lose):end>")
    def close(dispute_id: str, end: str) -> ResponseReturnValue:
        with _refusals_as_pages(), sandbox.unit() as unit:
            close_dispute(unit, dispute_id, won=end == "win")
        return _back()

    return pages


@contextmanager
def _refusals_as_pages() -> Iterator[None]:
    """What a service refuses, as an error that a browser shows."""
    try:
        yield
    except ApiError as error:
        raise (NotFound if error.status == 404 else Conflict)(str(error)) from error


def _back() -> ResponseReturnValue:
    return redirect(url_for("overview.show"), 303)
