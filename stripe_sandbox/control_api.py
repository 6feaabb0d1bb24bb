"""The sandbox's controls for programs: JSON under ``/_sandbox/``, on this machine only.

    GET    /_sandbox/state                  faults, deliveries, the clock, what is pending
    GET    /_sandbox/requests               every request that came to the API, oldest first
    POST   /_sandbox/faults                 an ApiFault: the next requests to an endpoint fail
    DELETE /_sandbox/faults                 the API works again, what hangs ends
    POST   /_sandbox/deliveries             a DeliveryProfile in place of the present one
    DELETE /_sandbox/deliveries             events are delivered plainly; what was held goes out
    POST   /_sandbox/deliveries/release     what was held goes out as the rest of the profile says
    POST   /_sandbox/events/<id>/resend     posts an event now, whatever became of it
    POST   /_sandbox/reset                  everything above as after a start

Members are those of ``controls.faults.ApiFault`` and ``controls.profile.DeliveryProfile``. What
cannot be used is a 400 with ``{"error": "..."}``. ``control_client`` speaks it from Python.
"""

import dataclasses
from typing import Any, TypeVar

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ValidationError

from stripe_sandbox.controls.faults import ApiFault
from stripe_sandbox.controls.profile import PLAIN, DeliveryProfile
from stripe_sandbox.deliveries import list_pending_deliveries
from stripe_sandbox.errors import ApiError
from stripe_sandbox.sandbox import Sandbox

Model = TypeVar("Model", bound=BaseModel)


def build_control_api(sandbox: Sandbox) -> Blueprint:
    """The addresses under ``/_sandbox/`` of one sandbox."""
    api = Blueprint("control", __name__, url_prefix="/_sandbox")
    controls = sandbox.controls

    @api.get("/state")
    def show_state() -> ResponseReturnValue:
        return jsonify(_state(sandbox))

    @api.get("/requests")
    def list_requests() -> ResponseReturnValue:
        return jsonify({"data": [dataclasses.asdict(one) for one in controls.requests]})

    @api.post("/faults")
    def add_fault() -> ResponseReturnValue:
        controls.add_fault(_read(ApiFault))
        return jsonify(_state(sandbox))

    @api.delete("/faults")
    def clear_faults() -> ResponseReturnValue:
        controls.clear_faults()
        return jsonify(_state(sandbox))

    @api.post("/deliveries")
    def change_deliveries() -> ResponseReturnValue:
        controls.deliver_as(_read(DeliveryProfile))
        return jsonify(_state(sandbox))

    @api.delete("/deliveries")
    def deliver_plainly() -> ResponseReturnValue:
        controls.deliver_as(PLAIN)
        return jsonify(_state(sandbox))

    @api.post("/deliveries/release")
    def release() -> ResponseReturnValue:
        controls.deliver_as(controls.profile.model_copy(update={"hold": False}))
        return jsonify(_state(sandbox))

    @api.post("/events/<event_id>/resend")
    def resend(event_id: str) -> ResponseReturnValue:
        attempts = sandbox.dispatcher.send_now(event_id)
        if not attempts:
            raise ApiError(f"{event_id} is no event that is sent anywhere.", status=404)
        return jsonify({"attempts": [dataclasses.asdict(one) for one in attempts]})

    @api.post("/reset")
    def reset() -> ResponseReturnValue:
        sandbox.reset()
        return jsonify(_state(sandbox))

    api.register_error_handler(ValidationError, _answer_invalid)
    api.register_error_handler(ApiError, _answer_refused)
    return api


def _read(model: type[Model]) -> Model:
    """The JSON of the request; without its media type it may come from a page of another site."""
    return model.model_validate(request.get_json())


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


def _answer_invalid(error: ValidationError) -> ResponseReturnValue:
    problems = "; ".join(
        f"{'.'.join(map(str, one['loc'])) or 'body'}: {one['msg']}" for one in error.errors()
    )
    return jsonify({"error": problems}), 400


def _answer_refused(error: ApiError) -> ResponseReturnValue:
    return jsonify({"error": error.message}), error.status
