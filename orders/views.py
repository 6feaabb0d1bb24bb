"""The shopper's order, reached by its token alone."""

import logging

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from orders.models import Invoice, Order, Paper
from orders.page import page_context
from orders.papers import correction_of, paper_pdf
from shopsite.lib.pdf import PdfError

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def order_page(request: HttpRequest, token: str) -> HttpResponse:
    order = get_object_or_404(Order, token=token)
    return render(request, "orders/order_page.html", page_context(order))


@never_cache
@require_safe
def order_invoice(request: HttpRequest, token: str) -> HttpResponse:
    """The file of the invoice; the order's page when there is none to be had."""
    invoice = get_object_or_404(Invoice.objects.select_related("order"), order__token=token)
    return _download(request, invoice, invoice.order)


@never_cache
@require_safe
def order_credit_note(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """The same of a credit note, or of what takes one back."""
    order = get_object_or_404(Order, token=token)
    paper = correction_of(order, number)
    if paper is None:
        raise Http404
    return _download(request, paper, order)


def _download(request: HttpRequest, paper: Paper, order: Order) -> HttpResponse:
    try:
        pdf = paper_pdf(paper)
    except PdfError:
        logger.exception("%s could not be given out.", paper.number)
        messages.error(request, _("The PDF cannot be made just now. Please try again later."))
        return redirect(order)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{paper.number}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
