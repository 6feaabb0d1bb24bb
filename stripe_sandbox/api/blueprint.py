"""Mounts the endpoints, and answers every other path under ``/v1`` as Stripe would."""

import json
import logging
from typing import Any

import stripe
from flask import Blueprint, Response, request
from flask.typing import RouteCallable
from werkzeug.exceptions import HTTPException

from stripe_sandbox.api.endpoint import Endpoint, answer, pairs_of
from stripe_sandbox.api.endpoints import ENDPOINTS
from stripe_sandbox.api.faulty import play
from stripe_sandbox.controls.faults import ApiFault
from stripe_sandbox.controls.state import RequestRecord
from stripe_sandbox.errors import ApiError
from stripe_sandbox.ids import new_request_id
from stripe_sandbox.sandbox import Sandbox
from stripe_sandbox.schema.forms import decode_form

logger = logging.getLogger("stripe_sandbox")


def build_api(sandbox: Sandbox) -> Blueprint:
    """The API of one sandbox."""
    api = Blueprint("api", __name__)
    for number, endpoint in enumerate(ENDPOINTS):
        api.add_url_rule(
            endpoint.path,
            endpoint=f"endpoint_{number}",
            view_func=_build_view(sandbox, endpoint),
            methods=[endpoint.method],
        )
    api.add_url_rule(
        "/v1/<path:rest>",
        view_func=_answer_unknown,
        methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
    )
    api.register_error_handler(HTTPException, _answer_unreadable)
    api.register_error_handler(Exception, _answer_defect)
    return api


def _build_view(sandbox: Sandbox, endpoint: Endpoint) -> RouteCallable:
    def view(**path_values: str) -> Response:
        fault = sandbox.controls.take_fault(request.method, request.path)
        refusal = None if fault is None else fault.refusal()
        response: Response | None = None

        def work() -> Response:
            nonlocal response
            response = answer(sandbox, request, endpoint, path_values, refusal)
            return response

        try:
            return work() if fault is None else play(sandbox.controls, request, fault, work)
        finally:
            _note(sandbox, response, fault)

    return view


def _note(sandbox: Sandbox, response: Response | None, fault: ApiFault | None) -> None:
    """Remembers the request, with what was answered or would have been."""
    record = RequestRecord(
        at=sandbox.clock.now(),
        method=request.method,
        path=request.path,
        params=_decoded(),
        idempotency_key=request.headers.get("Idempotency-Key"),
        status=None if response is None else response.status_code,
        replayed=response is not None and "Idempotent-Replayed" in response.headers,
        fault=None if fault is None else fault.kind,
    )
    sandbox.controls.note(record)


def _decoded() -> dict[str, Any]:
    """Empty for a form that could not be read, which the answer says."""
    try:
        return decode_form(pairs_of(request))
    except ApiError:
        return {}


def _answer_unknown(rest: str) -> Response:
    error = ApiError(
        f"Unrecognized request URL ({request.method}: {request.path}). This sandbox plays "
        "Checkout Sessions, payment intents, charges, refunds, disputes, events and webhook "
        "endpoints.",
        status=404,
    )
    return _respond(error)


def _answer_unreadable(error: HTTPException) -> Response:
    """A request that is too large, for instance."""
    return _respond(ApiError(error.description or error.name, status=error.code or 400))


def _answer_defect(error: Exception) -> Response:
    logger.error("The sandbox failed at %s %s.", request.method, request.path, exc_info=error)
    return _respond(ApiError("The sandbox failed; its log says why.", status=500, kind="api_error"))


def _respond(error: ApiError) -> Response:
    headers = {"Request-Id": new_request_id(), "Stripe-Version": stripe.api_version}
    body = json.dumps(error.as_envelope(), indent=2)
    return Response(body, status=error.status, headers=headers, mimetype="application/json")
