"""Who is logged in, by the session. A key of its own: it has nothing to do with Django's users."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from customers.models import Customer

P = ParamSpec("P")

SESSION_KEY = "customer"


def current_customer(request: HttpRequest) -> Customer | None:
    """Reads the session, which makes the page private. One query for somebody who is logged in."""
    pk = request.session.get(SESSION_KEY)
    return Customer.objects.filter(pk=pk).first() if pk is not None else None


def log_in(request: HttpRequest, customer: Customer) -> None:
    """From now on under another session key, so that nobody who knew the old one comes along. What
    is in the cart stays, unless it is another customer's."""
    if request.session.get(SESSION_KEY, customer.pk) != customer.pk:
        request.session.flush()
    request.session.cycle_key()
    request.session[SESSION_KEY] = customer.pk


def log_out(request: HttpRequest) -> None:
    """The browser forgets everything, as the next one to sit there may be somebody else."""
    request.session.flush()


def customer_required(
    view: Callable[Concatenate[HttpRequest, Customer, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hands the customer on to the view, or asks to log in. Never kept by any cache."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        customer = current_customer(request)
        if customer is None:
            return redirect("account-log-in")
        return view(request, customer, *args, **kwargs)

    return never_cache(guarded)
