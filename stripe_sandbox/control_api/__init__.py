"""The sandbox's controls for programs: JSON under ``/_sandbox/``, on this machine only.

How it behaves (``behavior``):

    GET    state                    faults, deliveries, the clock, what waits to be delivered
    GET    requests                 every request that came to the API, oldest first
    POST   faults                   an ApiFault: the next requests to an endpoint fail
    DELETE faults                   the API works again, what hangs ends
    POST   deliveries               a DeliveryProfile in place of the present one
    DELETE deliveries               events are delivered plainly; what was held goes out
    POST   deliveries/release       what was held goes out as the rest of the profile says
    POST   next-session             SessionChanges for the next session that is asked for
    POST   clock/advance            {"seconds": 86400}: what is due until then happens, then answers
    POST   clock/put-back           the machine's time again
    POST   reset                    all of this as after a start

What happens at Stripe (``happenings``):

    GET    events                   each with its deliveries; ``?type=`` for those of one type
    POST   events/<id>/resend       posts an event now, whatever became of it
    POST   sessions                 a ForeignSession, which the shop knows nothing of
    POST   sessions/<id>            SessionChanges for one that exists
    POST   sessions/<id>/pay        a Payment, by card or by a bank debit
    POST   payments/<id>/settle     {"succeeds": true}: the bank's word about a debit
    POST   payments/<id>/refund     a Refund of the dashboard: whole, in part, or one that fails
    POST   payments/<id>/dispute    the payer's bank wants the money back
    POST   disputes/<id>/answer     the shop hands in what it has to say
    POST   disputes/<id>/close      {"won": true}: the bank decides

The members of a body are those of the class of that name, in ``controls`` and ``happenings``. What
cannot be used or done is answered with ``{"error": "..."}``. ``control_client`` speaks all of it
from Python.
"""

from flask import Blueprint
from pydantic import ValidationError

from stripe_sandbox.control_api.answers import answer_invalid, answer_refused
from stripe_sandbox.control_api.behavior import add_behavior
from stripe_sandbox.control_api.happenings import add_happenings
from stripe_sandbox.errors import ApiError
from stripe_sandbox.sandbox import Sandbox

__all__ = ["build_control_api"]


def build_control_api(sandbox: Sandbox) -> Blueprint:
    """The addresses under ``/_sandbox/`` of one sandbox."""
    api = Blueprint("control", __name__, url_prefix="/_sandbox")
    add_behavior(api, sandbox)
    add_happenings(api, sandbox)
    api.register_error_handler(ValidationError, answer_invalid)
    api.register_error_handler(ApiError, answer_refused)
    return api
