"""What a bank and a shop do about a dispute, as buttons of the start page."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from stripe_sandbox.pages.answers import back_to_overview, refusals_as_pages
from stripe_sandbox.sandbox import Sandbox
from stripe_sandbox.services.disputes import answer_dispute, close_dispute, open_dispute


def build_disputes(sandbox: Sandbox) -> Blueprint:
    """The addresses under ``/disputes/`` of one sandbox; each takes a POST and leads back."""
    pages = Blueprint("disputes", __name__)

    @pages.post("/disputes/open/<payment_intent>")
    def dispute(payment_intent: str) -> ResponseReturnValue:
        with refusals_as_pages(), sandbox.unit() as unit:
            open_dispute(unit, payment_intent)
        return back_to_overview()

    @pages.post("/disputes/<dispute_id>/answer")
    def answer(dispute_id: str) -> ResponseReturnValue:
        with refusals_as_pages(), sandbox.unit() as unit:
            answer_dispute(unit, dispute_id)
        return back_to_overview()

    @pages.post("/disputes/<dispute_id>/<any(win, lose):end>")
    def close(dispute_id: str, end: str) -> ResponseReturnValue:
        with refusals_as_pages(), sandbox.unit() as unit:
            close_dispute(unit, dispute_id, won=end == "win")
        return back_to_overview()

    return pages
