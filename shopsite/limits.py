"""How often one client may do what costs the shop something, and the page that says so.

A limit is far above what a person does, also when a whole office shops from one address. It only
slows robots down: what must never happen is held by the database and not by a counter.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from math import ceil

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from shopsite.clients import is_too_often, seconds_left

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Limit:
    times: int
    seconds: int


LIMITS = {
    "add-to-cart": Limit(120, 60),
    # Each holds stock until it is paid or its time is over, about as long as this window.
    # Behind one address of a mobile network there are many shoppers.
    "checkout": Limit(60, 1800),
    "pay": Limit(30, 600),
    "new-link": Limit(5, 600),
    "log-in-link": Limit(20, 600),
    "password-reset": Limit(5, 600),
    "missed-secret": Limit(30, 600),
}
# Below these stands a secret; who asks for many that there are not is guessing.
SECRET_PATHS = ("/orders/", "/checkout/return/", "/checkout/canceled/", "/newsletter/")


def limited(what: str) -> Callable[[View], View]:
    """Counts the posts to a view, and answers 429 to those above the limit of that name."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if request.method == "POST" and is_above(request, what):
                return too_often(request, what)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def is_above(request: HttpRequest, what: str) -> bool:
    """Counts one more; True for what is above the limit."""
    return is_too_often(request, what=what, limit=_most(what), seconds=LIMITS[what].seconds)


def too_often(request: HttpRequest, what: str) -> HttpResponse:
    """The page that says when to come back. The log says which limit it was, and of nobody."""
    logger.warning("A client met the limit of %s.", what)
    seconds = seconds_left(LIMITS[what].seconds)
    response = render(request, "429.html", {"minutes": ceil(seconds / 60)}, status=429)
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "private, no-store"
    return response


class SecretPathsMiddleware:
    """Who asked for many secrets that there are not is told to stop. A true link is always
    answered, since others may share the address with whoever is guessing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_miss = response.status_code == 404 and request.path_info.startswith(SECRET_PATHS)
        if is_miss and is_above(request, "missed-secret"):
            return too_often(request, "missed-secret")
        return response


def _most(what: str) -> int:
    return LIMITS[what].times * settings.CLIENT_LIMIT_FACTOR
