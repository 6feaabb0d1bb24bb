"""Public pages are the same bytes for everybody; what differs per shopper is filled in here.

A view that touched the session, the user or a CSRF token has `Vary: Cookie` or `Set-Cookie` on its
response by the time it arrives here and is left private. Everything else may be kept by a shared
cache. The cart's badge and the chosen color scheme come from small readable cookies: filled in on
the way out, so that they work without JavaScript, and a response that something was filled into is
marked private. Behind a cache that answered by itself, a script does the same in the browser.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.html import format_html
from django.utils.translation import ngettext

from shopsite.appearance import fill_scheme
from shopsite.lib.changes import seconds_to_keep

CART_COUNT_COOKIE = "cart_count"
# How long a shared cache may answer, if nothing on the page changes before. Browsers always ask.
PUBLIC_SECONDS = 60
EMPTY_BADGE = '<span class="cart-badge" data-cart-badge hidden></span>'
COUNT_PATTERN = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)


class PublicPageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_html = response.headers.get("Content-Type", "").startswith("text/html")
        if not is_html or not isinstance(response, HttpResponse):
            return response
        is_public = is_shareable(request, response)
        is_filled = any([fill_cart_badge(request, response), fill_scheme(request, response)])
        if is_filled and response.has_header("Content-Length"):
            response.headers["Content-Length"] = str(len(response.content))
        if not response.has_header("Cache-Control"):
            if is_public and not is_filled:
                seconds = seconds_to_keep(request, longest=PUBLIC_SECONDS, now=timezone.now())
                patch_cache_control(response, public=True, max_age=0, s_maxage=seconds)
            else:
                # no-cache, not no-store: the browser may keep the page for its back button.
                patch_cache_control(response, private=True, no_cache=True)
        return response


def is_shareable(request: HttpRequest, response: HttpResponse) -> bool:
    """True for an answer to GET or HEAD that nothing personal went into."""
    return (
        request.method in ("GET", "HEAD")
        and response.status_code == 200
        and not response.cookies
        and "cookie" not in response.headers.get("Vary", "").lower()
        and not getattr(request, "is_preview", False)
    )


def fill_cart_badge(request: HttpRequest, response: HttpResponse) -> bool:
    """Writes the number of the cookie into the page's empty badge; False when there was none.

    A cookie is a shopper's free text: anything but a small whole number is passed over.
    """
    count = request.COOKIES.get(CART_COUNT_COOKIE, "")
    if not COUNT_PATTERN.fullmatch(count):
        return False
    empty = EMPTY_BADGE.encode()
    if empty not in response.content:
        return False
    label = ngettext("%d item in your cart", "%d items in your cart", int(count)) % int(count)
    badge = format_html(
        '<span class="cart-badge" data-cart-badge><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></span>',
        count,
        label,
    )
    response.content = response.content.replace(empty, badge.encode(), 1)
    return True
