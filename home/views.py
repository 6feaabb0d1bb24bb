"""The demo's mailbox."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from home import mailbox

MAIL_POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": [SELF, "data:"],  # The logo.
    "form-action": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
    # Also when the part is opened without its frame.
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}

# The decorators of django-csp are typed for views without arguments: hence the ignored types below.
View = Callable[..., HttpResponseBase]


def demo_only(view: View) -> View:
    """404 where there is no mailbox; where there is one, nothing of it is kept by a cache."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not mailbox.is_open():
            raise Http404
        return view(request, *args, **kwargs)

    return require_safe(never_cache(guarded))


@demo_only
def mail_list(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mail_list.html", {"mails": mailbox.list_mails()})


@demo_only
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
def mail_message(request: HttpRequest, mail_id: str) -> HttpResponse:
    return render(request, "demo/mail_message.html", {"mail": _mail_or_404(mail_id)})


@demo_only
@csp(MAIL_POLICY)  # type: ignore[arg-type]
@xframe_options_sameorigin
def mail_html(request: HttpRequest, mail_id: str) -> HttpResponse:
    """The HTML part alone, for a sandboxed frame."""
    html = _mail_or_404(mail_id).framed_html
    if not html:
        raise Http404
    return HttpResponse(html)


@demo_only
def mail_attachment(request: HttpRequest, mail_id: str, number: int) -> HttpResponse:
    """Always a download: what a mail carries is never shown on the shop's own origin."""
    try:
        name, content = _mail_or_404(mail_id).attachment(number)
    except mailbox.AttachmentNotFound as error:
        raise Http404 from error
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


def _mail_or_404(mail_id: str) -> mailbox.Mail:
    mail = mailbox.find_mail(mail_id)
    if mail is None:
        raise Http404
    return mail
