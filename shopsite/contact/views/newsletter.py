"""Signing up for the newsletter, saying yes to it, and leaving it.

The links of mails show a page with a button: programs that look into mails open every link, and
must neither confirm nor end anything.
"""

from secrets import token_hex

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from shopsite.contact import newsletter
from shopsite.contact.email_form import EmailForm
from shopsite.contact.guard import CaughtInTrap, read_stamp
from shopsite.contact.models import NewsletterSubscription
from shopsite.contact.requests import source_page_of
from shopsite.contact.sign_up import CONSENT_TEXT, PURPOSE
from shopsite.contact.taking_in import NotTaken, take_in
from shopsite.origin import same_origin_required

LIMIT = 5  # In ten minutes.


@same_origin_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _show(request, EmailForm())
    # The answer may be shown within the page of another form: ids of its own, never cached.
    form = EmailForm(request.POST, auto_id=f"newsletter-{token_hex(4)}-%s")
    try:
        stamp = take_in(request, form, purpose=PURPOSE, what="newsletter", limit=LIMIT)
    except CaughtInTrap:
        return redirect("newsletter-thanks")
    except NotTaken as refusal:
        return refusal.mark(_show(request, form))
    page = source_page_of(request)
    newsletter.request_subscription(
        email=form.cleaned_data["email"],
        consent_text=stamp.shown,
        source_page=page,
        source_address=(page.full_url or "") if page else settings.SITE_URL + request.path,
    )
    return redirect("newsletter-thanks")


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The same for an address that is new, one that waits and one that is subscribed."""
    return render(request, "contact/newsletter_thanks.html")


# The token of the address is a secret that another site cannot make a browser send.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    subscription = _subscription_or_404(token)
    is_post = request.method == "POST"
    if is_post:
        newsletter.confirm_subscription(subscription)
    context = {
        "subscription": subscription,
        "is_open": newsletter.can_be_confirmed(subscription),
    }
    return render(request, "contact/newsletter_confirm.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A post may also come from a mail program's own button (RFC 8058)."""
    subscription = _subscription_or_404(token)
    if request.method == "POST":
        newsletter.end_subscription(subscription)
    return render(request, "contact/newsletter_unsubscribe.html", {"subscription": subscription})


def _subscription_or_404(token: str) -> NewsletterSubscription:
    subscription = newsletter.find_subscription(token)
    if subscription is None:
        raise Http404(_("There is no such subscription. The link may be too old."))
    return subscription


def _show(request: HttpRequest, form: forms.Form) -> HttpResponse:
    """With the words that were agreed to, if the form came from a page with words of its own."""
    stamp = read_stamp(request.POST, purpose=PURPOSE) if request.method == "POST" else None
    context = {
        "form": form,
        "consent_text": stamp.shown if stamp else CONSENT_TEXT,
        "source_page": source_page_of(request) if request.method == "POST" else None,
    }
    return render(request, "contact/newsletter_page.html", context)
