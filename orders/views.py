"""The shopper's order, reached by its token alone."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from orders.invoices import invoice_pdf
from orders.models import Invoice, Order
from orders.page import page_context

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def order_page(request: HttpRequest, token: str) -> HttpResponse:
    order = get_object_or_404(Order, token=token)
    return render(request, "orders/order_page.html", page_context(order))


@never_cache
@require_safe
def order_invoice(request: HttpRequest, token: str) -> HttpResponse:
    """The invoice as PDF, made of its frozen content."""
    invoice = get_object_or_404(Invoice, order__token=token)
    return pdf_response(invoice)


def pdf_response(invoice: Invoice) -> HttpResponse:
    response = HttpResponse(invoice_pdf(invoice), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{invoice.number}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
