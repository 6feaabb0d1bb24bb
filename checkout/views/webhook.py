import logging

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from checkout.failures import failure_report
from checkout.gateway import API_VERSION, InvalidSignature, WrongMoment, verify_event
from checkout.inbox import receive_event

logger = logging.getLogger(__name__)


@csrf_exempt  # Stripe signs the body instead.
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """One verified event, kept and applied, nobody else spoken to.

    400 for what Stripe did not sign; 503 when the database has trouble and 500 when the work fails,
    so that Stripe delivers again; 200 for everything else, also for events that mean nothing to
    this shop.
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
    try:
        receive_event(event)
    except (OperationalError, InterfaceError) as error:
        text = "Event %s could not be stored; Stripe will deliver it again.\n%s"
        logger.error(text, event.id, failure_report(error))
        return HttpResponse(status=503)
    except Exception as error:  # noqa: BLE001 - told without its words
        text = "Event %s failed; it stays in the inbox to be tried again.\n%s"
        logger.error(text, event.id, failure_report(error))
        return HttpResponse(status=500)
    return HttpResponse(status=200)
