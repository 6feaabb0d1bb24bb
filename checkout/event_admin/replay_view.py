import logging

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic.base import View
from wagtail.admin import messages

from checkout.failures import failure_report
from checkout.gateway import GatewayUnavailable
from checkout.inbox_retries import replay_event
from checkout.models import WebhookEvent
from products.admin.permissions import staff_user

logger = logging.getLogger(__name__)

REPLAY = "checkout.replay_webhookevent"


class ReplayView(View):
    """Tries one event again, at one POST; a second one changes nothing."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm(REPLAY):
            raise PermissionDenied
        event = get_object_or_404(WebhookEvent, pk=pk)
        if event.can_be_replayed:
            self._replay(request, event)
        else:
            messages.info(request, _("Nothing was left to do about this event. It is unchanged."))
        return redirect("stripe_events:inspect", pk)

    def _replay(self, request: HttpRequest, event: WebhookEvent) -> None:
        try:
            event = replay_event(event, user=staff_user(request))
        except GatewayUnavailable:
            text = _("Stripe does not answer. The event stays here and is tried again by itself.")
            messages.error(request, text)
        except Exception as error:  # noqa: BLE001 - told without its words
            text = "Event %s failed when it was replayed.\n%s"
            logger.error(text, event.event_id, failure_report(error))
            text = _("It failed again. Show the last error to whoever looks after this software.")
            messages.error(request, text)
        else:
            _tell(request, event)


def _tell(request: HttpRequest, event: WebhookEvent) -> None:
    if event.order is not None:
        number = {"number": event.order.number}
        messages.success(request, _("It was applied to order %(number)s.") % number)
    else:
        messages.warning(request, _("No order belongs to it, so nothing was changed."))
