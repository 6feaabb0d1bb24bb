"""The page of a form, where it also lands with its errors when it was sent from another page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.contrib.forms.forms import BaseForm

from shopsite.clients import client_digest, is_too_often
from shopsite.contact.fields import make_form
from shopsite.contact.guard import CaughtInTrap, LookAgain, check_post
from shopsite.contact.models import ContactForm
from shopsite.contact.requests import source_page_of
from shopsite.contact.submitting import submit_form
from shopsite.origin import same_origin_required

LIMIT, LIMIT_SECONDS = 10, 600


@same_origin_required
@require_http_methods(["GET", "HEAD", "POST"])
def form_page(request: HttpRequest, pk: int) -> HttpResponse:
    contact_form = get_object_or_404(ContactForm, pk=pk)
    if request.method != "POST":
        return _show(request, contact_form, make_form(contact_form))
    form = make_form(contact_form, data=request.POST)
    if is_too_often(request, what="form", limit=LIMIT, seconds=LIMIT_SECONDS):
        form.add_error(None, _("You have sent a lot. Please wait some minutes and send it again."))
        return _show(request, contact_form, form, status=429)
    try:
        stamp = check_post(request.POST, purpose=f"form-{pk}")
    except CaughtInTrap:
        return redirect("form-thanks", pk)
    except LookAgain as error:
        if form.is_valid():  # Otherwise what is wrong is asked for first.
            form.add_error(None, str(error))
        return _show(request, contact_form, form)
    if not form.is_valid():
        return _show(request, contact_form, form)
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


def _show(
    request: HttpRequest, contact_form: ContactForm, form: BaseForm, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"contact_form": contact_form, "form": form}
    if request.method == "POST":
        context["source_page"] = source_page_of(request)
    return render(request, "contact/form_page.html", context, status=status)
