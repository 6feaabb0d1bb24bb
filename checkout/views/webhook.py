import logging

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from checkout.failures import failure_report
from checkout.gateway import (
    API_VERSION,
    GatewayEvent,
    InvalidSignature,
    WrongMoment,
    verify_event,
)
from checkout.inbox import apply_kept, keep_event
from checkout.models import DONE, WebhookEvent
from checkout.views.turns import Turns

logger = logging.getLogger(__name__)

turns = Turns()


@csrf_exempt  # Stripe signs the body instead.
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """One verified event, kept and applied, nobody else spoken to.

    400 for what Stripe did not sign; 503 when the database has trouble and 500 when the work fails,
    so that Stripe delivers again; 200 for everything else, also for events that mean nothing to
    this shop. One that does not come alone to this process is answered as soon as it is kept, and
    applied when its turn comes: should that fail, beat tries it again.
    """
    try:
        event = verify_event(request.body, request.headers.get("Stripe-Signature"))
    except WrongMoment as error:
        text = "A webhook that Stripe signed %d seconds ago was refused. Is the clock here right?"
        logger.error(text, error.seconds)
        return HttpResponse(status=400)
    except InvalidSignature:
        logger.warning("A webhook without a valid signature was refused.")
        return HttpResponse(status=400)
    if event.api_version != API_VERSION:
        text = "Stripe writes its events in version %s, and this shop reads %s: see its dashboard."
        logger.error(text, event.api_version, API_VERSION)
    return _receive(event)


def _receive(event: GatewayEvent) -> HttpResponse:
    try:
        with turns.arriving():
            row = keep_event(event)
    except Exception as error:  # noqa: BLE001 - told without its words
        return HttpResponse(status=_told(event, error))
    if row.state in DONE:
        return HttpResponse(status=200)
    with turns.now() as is_our_turn:
        if is_our_turn:
            return HttpResponse(status=_apply(row, event))
    turns.later(lambda: _apply(row, event))
    return HttpResponse(status=200)


def _apply(row: WebhookEvent, event: GatewayEvent) -> int:
    """Raises nothing; returns what Stripe is to be answered."""
    try:
        apply_kept(row, event)
    except Exception as error:  # noqa: BLE001 - told without its words
        return _told(event, error)
    return 200


def _told(event: GatewayEvent, error: Exception) -> int:
    report = failure_report(error)
    if isinstance(error, OperationalError | InterfaceError):
        logger.error("Event %s met trouble with the database.\n%s", event.id, report)
        return 503
    logger.error("Event %s failed; it is tried again.\n%s", event.id, report)
    return 500
