"""The page of a form, where it also lands with its errors when it was sent from another page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.contrib.forms.forms import BaseForm

from shopsite.clients import client_digest
from shopsite.contact.fields import make_form
from shopsite.contact.guard import CaughtInTrap
from shopsite.contact.models import ContactForm
from shopsite.contact.requests import source_page_of
from shopsite.contact.submitting import submit_form
from shopsite.contact.taking_in import NotTaken, take_in
from shopsite.origin import same_origin_required

LIMIT = 10  # In ten minutes.


@same_origin_required
@require_http_methods(["GET", "HEAD", "POST"])
def form_page(request: HttpRequest, pk: int) -> HttpResponse:
    contact_form = get_object_or_404(ContactForm, pk=pk)
    if request.method != "POST":
        return _show(request, contact_form, make_form(contact_form))
    form = make_form(contact_form, data=request.POST)
    try:
        stamp = take_in(request, form, purpose=f"form-{pk}", what="form", limit=LIMIT)
    except CaughtInTrap:
        return redirect("form-thanks", pk)
    except NotTaken as refusal:
        return refusal.mark(_show(request, contact_form, form))
    submit_form(
        contact_form,
        form=form,
        source_page=source_page_of(request),
        drawn_at=stamp.drawn_at,
        client=client_digest(request),
    )
    return redirect("form-thanks", pk)


@require_safe
def form_thanks(request: HttpRequest, pk: int) -> HttpResponse:
    contact_form = get_object_or_404(ContactForm, pk=pk)
    return render(request, "contact/form_thanks.html", {"contact_form": contact_form})


def _show(request: HttpRequest, contact_form: ContactForm, form: BaseForm) -> HttpResponse:
    context: dict[str, Any] = {"contact_form": contact_form, "form": form}
    if request.method == "POST":
        context["source_page"] = source_page_of(request)
    return render(request, "contact/form_page.html", context)
