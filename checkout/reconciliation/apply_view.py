import logging
import re

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic.base import View
from wagtail.admin import messages

from checkout.failures import failure_report
from checkout.gateway import GatewayRejected, GatewayUnavailable
from checkout.reconciliation.applying import CannotApply, apply_payment, apply_refund
from checkout.reconciliation.report import APPLY
from products.admin.permissions import staff_user

logger = logging.getLogger(__name__)

PAYMENT = re.compile(r"pi_\w{1,76}", re.ASCII)
REFUND = re.compile(r"(re|pyr)_\w{1,76}", re.ASCII)


class ApplyView(View):
    """Applies one payment or refund that Stripe knows, at one POST, and leads back to the report
    of the same days. What it is comes from Stripe; the form only names it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(APPLY):
            raise PermissionDenied
        try:
            self._apply(request, request.POST.get("reference", ""))
        except CannotApply as error:
            messages.error(request, str(error))
        except GatewayUnavailable:
            messages.error(request, _("Stripe does not answer now. Nothing was changed."))
        except GatewayRejected:
            messages.error(request, _("Stripe knows of no such payment or refund."))
        except Exception as error:  # noqa: BLE001 - told without its words
            logger.error("What Stripe knows could not be applied.\n%s", failure_report(error))
            text = _("It could not be applied, and nothing was changed. Its log says why.")
            messages.error(request, text)
        return redirect(f"{reverse('reconciliation_report')}?{request.GET.urlencode()}")

    def _apply(self, request: HttpRequest, reference: str) -> None:
        user = staff_user(request)
        if PAYMENT.fullmatch(reference):
            order = apply_payment(reference, user=user)
        elif REFUND.fullmatch(reference):
            order = apply_refund(reference, user=user)
        else:
            raise CannotApply(_("Choose what is to be applied in the list."))
        text = _("Order %(number)s knows now what Stripe knows.") % {"number": order.number}
        messages.success(request, text)
