"""How the sandbox behaves from now on."""

import dataclasses
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from pydantic import Field

from stripe_sandbox import time_travel
from stripe_sandbox.control_api.answers import Body, read_body
from stripe_sandbox.controls.faults import ApiFault
from stripe_sandbox.controls.profile import PLAIN, DeliveryProfile
from stripe_sandbox.controls.session_changes import SessionChanges
from stripe_sandbox.deliveries import list_pending_deliveries
from stripe_sandbox.sandbox import Sandbox

LONGEST_JUMP = 366 * 24 * 3600


class Advance(Body):
    """How many seconds pass."""

    seconds: float = Field(gt=0, le=LONGEST_JUMP)


def add_behavior(api: Blueprint, sandbox: Sandbox) -> None:
    """Each address but that of the requests answers with the state after it."""
    controls = sandbox.controls

    @api.get("/state")
    def show_state() -> ResponseReturnValue:
        return jsonify(_state(sandbox))

    @api.get("/requests")
    def list_requests() -> ResponseReturnValue:
        return jsonify({"data": [dataclasses.asdict(one) for one in controls.requests]})

    @api.post("/faults")
    def add_fault() -> ResponseReturnValue:
        controls.add_fault(read_body(ApiFault))
        return jsonify(_state(sandbox))

    @api.delete("/faults")
    def clear_faults() -> ResponseReturnValue:
        controls.clear_faults()
        return jsonify(_state(sandbox))

    @api.post("/deliveries")
    def change_deliveries() -> ResponseReturnValue:
        controls.deliver_as(read_body(DeliveryProfile))
        return jsonify(_state(sandbox))

    @api.delete("/deliveries")
    def deliver_plainly() -> ResponseReturnValue:
        controls.deliver_as(PLAIN)
        return jsonify(_state(sandbox))

    @api.post("/deliveries/release")
    def release() -> ResponseReturnValue:
        controls.release()
        return jsonify(_state(sandbox))

    @api.post("/next-session")
    def change_next_session() -> ResponseReturnValue:
        controls.change_next_session(read_body(SessionChanges).named())
        return jsonify(_state(sandbox))

    @api.post("/clock/advance")
    def advance() -> ResponseReturnValue:
        time_travel.advance(sandbox, read_body(Advance).seconds)
        return jsonify(_state(sandbox))

    @api.post("/clock/put-back")
    def put_back() -> ResponseReturnValue:
        time_travel.put_back(sandbox)
        return jsonify(_state(sandbox))

    @api.post("/reset")
    def reset() -> ResponseReturnValue:
        sandbox.reset()
        return jsonify(_state(sandbox))


def _state(sandbox: Sandbox) -> dict[str, Any]:
    with sandbox.store.reading() as records:
        pending = list_pending_deliveries(records)
    controls = sandbox.controls
    return {
        "now": sandbox.clock.now(),
        "ahead": sandbox.clock.ahead,
        "faults": [fault.model_dump() for fault in controls.faults],
        "deliveries": controls.profile.model_dump(),
        "session_changes": controls.session_changes,
        "pending": [{"event": one.event_id, "type": one.event_type} for one in pending],
    }
