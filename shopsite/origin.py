"""Guards posts of pages that hold no token: only a form of our own site may send them.

Public pages are the same for everybody, so no token can stand in them. Browsers say by themselves
where a request comes from, and a page of another site cannot change that.
"""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponseBase]


def same_origin_required(view: View) -> View:
    """Answers 403 to a post from elsewhere, and to one that does not say where it is from."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") and not is_same_origin(request):
            return render(request, "403_csrf.html", status=403)
        return view(request, *args, **kwargs)

    return csrf_exempt(guarded)


def is_same_origin(request: HttpRequest) -> bool:
    """Sec-Fetch-Site where the browser sends it, else Origin, else Referer."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    claimed = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        parts = urlsplit(claimed)
    except ValueError:
        return False  # Not even an address.
    own = {f"{request.scheme}://{request.get_host()}", settings.SITE_URL}
    return bool(parts.netloc) and f"{parts.scheme}://{parts.netloc}" in own
