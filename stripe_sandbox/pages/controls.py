"""The controls for people: clock, webhooks, faults of the API, sessions that say something else."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from stripe_sandbox import time_travel
from stripe_sandbox.control_api.behavior import Advance
from stripe_sandbox.control_api.happenings import ForeignSession
from stripe_sandbox.controls.faults import LABELS, ApiFault
from stripe_sandbox.controls.profile import PLAIN, DeliveryProfile
from stripe_sandbox.controls.session_changes import SessionChanges
from stripe_sandbox.controls.words import field_words
from stripe_sandbox.deliveries import list_pending_deliveries
from stripe_sandbox.errors import ApiError
from stripe_sandbox.pages.words import list_deviations, write_fault, write_span, write_time
from stripe_sandbox.sandbox import Sandbox
from stripe_sandbox.services.sessions import create_foreign_session

_LONGEST = 300
Values = Mapping[str, Any]


def build_controls(sandbox: Sandbox) -> Blueprint:
    """The addresses under ``/controls`` of one sandbox; each POST leads back to the page, which
    shows what is set, or says beside the field why it cannot be."""
    pages = Blueprint("controls", __name__)

    @pages.get("/controls")
    def show() -> ResponseReturnValue:
        return _render(sandbox)

    @pages.post("/controls/<name>")
    def change(name: str) -> ResponseReturnValue:
        if name not in _ACTIONS:
            return redirect(url_for("controls.show"), 303)
        typed = _typed()
        try:
            _ACTIONS[name](sandbox, typed)
        except ValidationError as error:
            return _render(sandbox, form=name, typed=typed, errors=field_words(error)), 400
        except ApiError as error:
            return _render(sandbox, form=name, typed=typed, errors={"amount": error.message}), 400
        return redirect(url_for("controls.show", _anchor=name.partition("-")[0]), 303)

    return pages


def _typed() -> dict[str, str]:
    """What was filled in; an empty field is one that was not."""
    values = {name: value.strip()[:_LONGEST] for name, value in request.form.items()}
    return {name: value for name, value in values.items() if value}


def _add_fault(sandbox: Sandbox, typed: Values) -> None:
    sandbox.controls.add_fault(ApiFault.model_validate({"times": None, **typed}))


def _deliver(sandbox: Sandbox, typed: Values) -> None:
    sandbox.controls.deliver_as(DeliveryProfile.model_validate(typed))


def _advance(sandbox: Sandbox, typed: Values) -> None:
    time_travel.advance(sandbox, Advance.model_validate(typed).seconds)


def _change_session(sandbox: Sandbox, typed: Values) -> None:
    sandbox.controls.change_next_session(SessionChanges.model_validate(typed).named())


def _create_foreign(sandbox: Sandbox, typed: Values) -> None:
    wanted = ForeignSession.model_validate(typed)
    with sandbox.unit() as unit:
        create_foreign_session(unit, **wanted.model_dump())


_ACTIONS: dict[str, Callable[[Sandbox, Values], None]] = {
    "clock": _advance,
    "clock-back": lambda sandbox, typed: time_travel.put_back(sandbox),
    "webhooks": _deliver,
    "webhooks-release": lambda sandbox, typed: sandbox.controls.release(),
    "webhooks-plain": lambda sandbox, typed: sandbox.controls.deliver_as(PLAIN),
    "faults": _add_fault,
    "faults-clear": lambda sandbox, typed: sandbox.controls.clear_faults(),
    "session": _change_session,
    "foreign": _create_foreign,
    "reset": lambda sandbox, typed: sandbox.reset(),
}


def _render(
    sandbox: Sandbox,
    *,
    form: str = "",
    typed: Values | None = None,
    errors: Mapping[str, str] | None = None,
) -> str:
    controls = sandbox.controls
    with sandbox.store.reading() as records:
        pending = len(list_pending_deliveries(records))
    values: dict[str, Values] = {
        "webhooks": controls.profile.model_dump(),
        "session": controls.session_changes,
        "faults": {"times": 1},
        "foreign": {"currency": "eur"},
    }
    if form:
        values[form] = typed or {}
    return render_template(
        "controls.html",
        deviations=list_deviations(sandbox),
        now=write_time(sandbox.clock.now()),
        ahead=write_span(sandbox.clock.ahead) if sandbox.clock.ahead >= 1 else "",
        pending=pending,
        faults=[write_fault(fault) for fault in controls.faults],
        kinds=LABELS.items(),
        values=values,
        failed=form,
        errors=errors or {},
    )
