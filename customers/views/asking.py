"""Asking for a link by e-mail. The answer is the same whether or not the address is known."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from customers.asking import ask_for_mail
from customers.models import After, Kind
from customers.sessions import current_customer
from shopsite.contact.email_form import EmailForm
from shopsite.contact.guard import CaughtInTrap
from shopsite.contact.taking_in import NotTaken, take_in
from shopsite.origin import same_origin_required

LIMIT = 5  # In ten minutes.


@same_origin_required
@require_http_methods(["GET", "HEAD", "POST"])
def find_order(request: HttpRequest) -> HttpResponse:
    return _ask(request, kind=Kind.ORDER_LINKS, template="find_order", done="find-order-sent")


@require_safe
def find_order_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "customers/find_order_sent.html")


@never_cache
@same_origin_required
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """`next` is the name of one of the places a link may lead to; anything else is passed over."""
    wanted = (request.POST or request.GET).get("next", "")
    after = After.of(wanted)
    if current_customer(request) is not None:
        return redirect(after)
    return _ask(
        request,
        kind=Kind.LOG_IN,
        template="log_in",
        done="account-log-in-sent",
        after=after,
    )


@never_cache
@require_safe
def log_in_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "customers/log_in_sent.html")


def _ask(
    request: HttpRequest,
    *,
    kind: Kind,
    template: str,
    done: str,
    after: After = After.ACCOUNT,
) -> HttpResponse:
    form = EmailForm(request.POST if request.method == "POST" else None)
    refused: NotTaken | None = None
    if request.method == "POST":
        try:
            take_in(request, form, purpose=kind, what=kind, limit=LIMIT)
        except CaughtInTrap:
            return redirect(done)
        except NotTaken as refusal:
            refused = refusal
        else:
            ask_for_mail(email=form.cleaned_data["email"], kind=kind, after=after)
            return redirect(done)
    context = {"form": form, "purpose": kind, "after": after}
    response = render(request, f"customers/{template}.html", context)
    return refused.mark(response) if refused else response
