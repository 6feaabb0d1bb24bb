"""What can be asked for on an order's page: an account, and another link. Both go to the order's
address and not to who asks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from customers.asking import ask_for_mail
from customers.models import Kind
from customers.new_links import replace_link
from orders.models import Order
from shopsite.limits import limited


@never_cache
@require_POST
@limited("new-link")
def ask_for_account(request: HttpRequest, token: str) -> HttpResponse:
    """Mails a link to log in, which opens the account the first time."""
    order = get_object_or_404(Order, token=token)
    ask_for_mail(email=order.email, kind=Kind.LOG_IN)
    return redirect("account-log-in-sent")


@never_cache
@require_POST
@limited("new-link")
def new_link(request: HttpRequest, token: str) -> HttpResponse:
    order = get_object_or_404(Order, token=token)
    if replace_link(order, source="order page"):
        return redirect("link-replaced")
    messages.info(request, _("The link cannot be replaced while a payment is under way."))
    return redirect(order)


@require_safe
def link_replaced(request: HttpRequest) -> HttpResponse:
    return render(request, "customers/link_replaced.html")
