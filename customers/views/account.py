"""The account of a customer: coming in by a link, what is in it, and leaving."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.accounts import delete_account, log_in_by_link
from customers.addresses import saved_addresses
from customers.login_links import find_link
from customers.models import Customer
from customers.sessions import customer_required, log_in, log_out
from orders.by_email import orders_of
from shopsite.limits import limited
from shopsite.public_pages import CART_COUNT_COOKIE

ORDERS_ON_A_PAGE = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("log-in-link")
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link asks, and its button logs in: programs that look into mails open links."""
    if request.method == "POST":
        found = log_in_by_link(token)
        if found is not None:
            customer, after = found
            log_in(request, customer)
            return redirect(after)
    return render(request, "customers/enter.html", {"link": find_link(token)})


@customer_required
@require_safe
def account(request: HttpRequest, customer: Customer) -> HttpResponse:
    orders = orders_of(customer.email).prefetch_related("lines")
    context = {
        "customer": customer,
        "orders": Paginator(orders, ORDERS_ON_A_PAGE).get_page(request.GET.get("page")),
        "addresses": saved_addresses(customer),
    }
    return render(request, "customers/account.html", context)


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    log_out(request)
    messages.info(request, _("You are logged out."))
    return _forgetting_the_cart(redirect("account-log-in"))


@customer_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, customer: Customer) -> HttpResponse:
    if request.method != "POST":
        return render(request, "customers/delete.html", {"customer": customer})
    delete_account(customer)
    log_out(request)
    messages.success(request, _("Your account is deleted."))
    return _forgetting_the_cart(redirect("account-log-in"))


def _forgetting_the_cart(response: HttpResponse) -> HttpResponse:
    """It was in the session that has ended, and its badge must not say otherwise."""
    response.delete_cookie(CART_COUNT_COOKIE)
    return response
