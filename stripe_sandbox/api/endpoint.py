"""The course of every API request: key, version, validation, idempotency, answer."""

import dataclasses
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import stripe
from flask import Request, Response

from stripe_sandbox.api.access import require_test_key
from stripe_sandbox.errors import ApiError
from stripe_sandbox.idempotency import fingerprint, release_key, reserve_key, store_answer
from stripe_sandbox.ids import new_request_id
from stripe_sandbox.sandbox import Sandbox
from stripe_sandbox.schema.forms import decode_form
from stripe_sandbox.schema.parameters import parse_parameters
from stripe_sandbox.storage import Document
from stripe_sandbox.unit import Origin, UnitOfWork

# (unit, parameters, values from the path) -> the object to answer with.
Handler = Callable[[UnitOfWork, Mapping[str, Any], Mapping[str, str]], Document]


@dataclass(frozen=True)
class Endpoint:
    """One method of one path: the SDK's type of its parameters, and what it does."""

    method: str
    path: str
    params_type: type
    handler: Handler


def answer(
    sandbox: Sandbox,
    request: Request,
    endpoint: Endpoint,
    path_values: Mapping[str, str],
    refusal: ApiError | None = None,
) -> Response:
    """Stripe's answer to ``request``. Never raises: a defect becomes a 500 in the envelope.

    A ``refusal`` takes the place of what the endpoint would do; one that an idempotency key
    remembers is the answer to the next request with it as well.
    """
    request_id = new_request_id()
    key = request.headers.get("Idempotency-Key") if endpoint.method == "POST" else None
    headers = {"Request-Id": request_id, "Stripe-Version": stripe.api_version}
    if key:
        headers["Idempotency-Key"] = key
    try:
        _check_request(request)
        if refusal is not None and not refusal.stored:
            raise refusal
        if refusal is not None:
            endpoint = dataclasses.replace(endpoint, handler=_refusing(refusal))
        if key:
            status, body, replayed = _run_once(
                sandbox, request, endpoint, path_values, Origin(request_id, key)
            )
            headers |= _replay_headers(status) if replayed else {}
        else:
            status, body = 200, _run(sandbox, request, endpoint, path_values, Origin(request_id))
    except ApiError as error:
        status, body = error.status, json.dumps(error.as_envelope(), indent=2)
        if error.should_retry is not None:
            headers["Stripe-Should-Retry"] = str(error.should_retry).lower()
    if status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="Stripe"'
    return Response(body, status=status, headers=headers, mimetype="application/json")


def _replay_headers(status: int) -> dict[str, str]:
    """Of an answer that was given before. One that was an error stays one."""
    advice = {"Stripe-Should-Retry": "false"} if status >= 400 else {}
    return {"Idempotent-Replayed": "true", **advice}


def _refusing(refusal: ApiError) -> Handler:
    def handler(unit: UnitOfWork, params: Mapping[str, Any], path: Mapping[str, str]) -> Document:
        raise refusal

    return handler


def _check_request(request: Request) -> None:
    require_test_key(request.authorization)
    version = request.headers.get("Stripe-Version", stripe.api_version)
    if version != stripe.api_version:
        raise ApiError(
            f"Invalid Stripe API version: {version}. This sandbox plays {stripe.api_version}.",
            stored=False,
        )
    if request.method == "POST" and request.mimetype not in {
        "application/x-www-form-urlencoded",
        "",
    }:
        raise ApiError(
            f"Invalid content type: {request.mimetype}. Send application/x-www-form-urlencoded.",
            stored=False,
        )


def pairs_of(request: Request) -> list[tuple[str, str]]:
    """The parameters as they were sent."""
    source = request.form if request.method == "POST" else request.args
    return list(source.items(multi=True))


def _run(
    sandbox: Sandbox,
    request: Request,
    endpoint: Endpoint,
    path_values: Mapping[str, str],
    origin: Origin,
) -> str:
    params = parse_parameters(endpoint.params_type, decode_form(pairs_of(request)))
    with sandbox.unit(origin) as unit:
        body = json.dumps(endpoint.handler(unit, params, path_values), indent=2)
        if origin.idempotency_key:
            store_answer(unit.records, key=origin.idempotency_key, status=200, body=body)
    return body


def _run_once(
    sandbox: Sandbox,
    request: Request,
    endpoint: Endpoint,
    path_values: Mapping[str, str],
    origin: Origin,
) -> tuple[int, str, bool]:
    """Status, body, and whether they are those of an earlier request with the same key."""
    key = origin.idempotency_key or ""
    asked = fingerprint(request.method, request.path, pairs_of(request))
    with sandbox.store.transaction() as records:
        stored = reserve_key(
            records,
            key=key,
            asked=asked,
            now=sandbox.clock.now(),
            request_id=origin.request_id or "",
        )
    if stored is not None:
        return stored.status, stored.body, True
    try:
        return 200, _run(sandbox, request, endpoint, path_values, origin), False
    except ApiError as error:
        body = json.dumps(error.as_envelope(), indent=2)
        with sandbox.store.transaction() as records:
            if error.stored:
                store_answer(records, key=key, status=error.status, body=body)
            else:
                release_key(records, key)
        raise
    except BaseException:
        with sandbox.store.transaction() as records:
            release_key(records, key)
        raise
