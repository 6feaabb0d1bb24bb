"""What payers, banks and people at the dashboard do."""

import dataclasses
import time
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import Field

from stripe_sandbox.control_api.answers import Body, read_body
from stripe_sandbox.controls.session_changes import SessionChanges
from stripe_sandbox.deliveries import list_deliveries
from stripe_sandbox.errors import ApiError
from stripe_sandbox.sandbox import Sandbox
from stripe_sandbox.services.debits import settle_debit, submit_debit
from stripe_sandbox.services.disputes import answer_dispute, close_dispute, open_dispute
from stripe_sandbox.services.payments import PaymentDetails, PaymentResult, submit_payment
from stripe_sandbox.services.refunds import refund_by_hand
from stripe_sandbox.services.sessions import change_session, create_foreign_session, load_session
from stripe_sandbox.unit import UnitOfWork


class ForeignSession(Body):
    """A session of somebody else on the account, in minor units."""

    amount: int = Field(ge=1, le=99_999_999)
    currency: str = Field(default="eur", pattern="^[a-z]{3}$")
    reference: str | None = Field(default=None, max_length=200)
    email: str = "payer@example.com"


class Payment(Body):
    """What the payer does on the hosted page. An address that the shop gave wins over ``email``."""

    card: str = "4242424242424242"
    debit: bool = False
    email: str = "payer@example.com"
    name: str = "Pat Payer"


class Refund(Body):
    """Minor units, or None for all that is left; one that ``fails`` was sent back by the bank."""

    amount: int | None = Field(default=None, ge=1)
    fails: bool = False


class Settlement(Body):
    """Whether the money of a debit came."""

    succeeds: bool


class Verdict(Body):
    """Whether the shop won."""

    won: bool


def add_happenings(api: Blueprint, sandbox: Sandbox) -> None:
    """Each answers with what it is about, as the API would show it."""

    @api.get("/events")
    def list_events() -> ResponseReturnValue:
        kind = request.args.get("type")
        with sandbox.store.reading() as records:
            events = [
                {**event, "deliveries": [dataclasses.asdict(one) for one in deliveries]}
                for event in records.list_all("event", newest_first=False)
                if kind in {None, event["type"]}
                for deliveries in [list_deliveries(records, event["id"])]
            ]
        return jsonify({"data": events})

    @api.post("/events/<event_id>/resend")
    def resend(event_id: str) -> ResponseReturnValue:
        attempts = sandbox.dispatcher.send_now(event_id)
        if not attempts:
            raise ApiError(f"{event_id} is no event that is sent anywhere.", status=404)
        return jsonify({"attempts": [dataclasses.asdict(one) for one in attempts]})

    @api.post("/sessions")
    def create_foreign() -> ResponseReturnValue:
        wanted = read_body(ForeignSession)
        with sandbox.unit() as unit:
            return jsonify(create_foreign_session(unit, **wanted.model_dump()))

    @api.post("/sessions/<session_id>")
    def change(session_id: str) -> ResponseReturnValue:
        changes = read_body(SessionChanges).named()
        with sandbox.unit() as unit:
            return jsonify(change_session(unit, session_id, changes))

    @api.post("/sessions/<session_id>/pay")
    def pay(session_id: str) -> ResponseReturnValue:
        payment = read_body(Payment)
        with sandbox.unit() as unit:
            result = _pay(unit, session_id, payment)
        return jsonify({**_result(result), "session": result.session})

    @api.post("/payments/<payment_intent>/settle")
    def settle(payment_intent: str) -> ResponseReturnValue:
        succeeds = read_body(Settlement).succeeds
        with sandbox.unit() as unit:
            return jsonify(settle_debit(unit, payment_intent, succeeds=succeeds))

    @api.post("/payments/<payment_intent>/refund")
    def refund(payment_intent: str) -> ResponseReturnValue:
        wanted = read_body(Refund)
        with sandbox.unit() as unit:
            return jsonify(refund_by_hand(unit, payment_intent, **wanted.model_dump()))

    @api.post("/payments/<payment_intent>/dispute")
    def dispute(payment_intent: str) -> ResponseReturnValue:
        with sandbox.unit() as unit:
            return jsonify(open_dispute(unit, payment_intent))

    @api.post("/disputes/<dispute_id>/answer")
    def answer(dispute_id: str) -> ResponseReturnValue:
        with sandbox.unit() as unit:
            return jsonify(answer_dispute(unit, dispute_id))

    @api.post("/disputes/<dispute_id>/close")
    def close(dispute_id: str) -> ResponseReturnValue:
        won = read_body(Verdict).won
        with sandbox.unit() as unit:
            return jsonify(close_dispute(unit, dispute_id, won=won))


def _pay(unit: UnitOfWork, session_id: str, payment: Payment) -> PaymentResult:
    email = load_session(unit, session_id)["customer_email"] or payment.email
    if payment.debit:
        return submit_debit(unit, session_id, email=email, name=payment.name)
    details = PaymentDetails(
        email=email,
        name=payment.name,
        card_number=payment.card,
        expiry=(12, time.gmtime(unit.now).tm_year + 2),
    )
    return submit_payment(unit, session_id, details)


def _result(result: PaymentResult) -> dict[str, Any]:
    return {"outcome": result.outcome.value, "message": result.message}
