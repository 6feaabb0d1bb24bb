"""The shop's addresses, and two more for the pages that nobody should ever see."""

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import path

from shopsite.urls import handler404
from shopsite.urls import urlpatterns as shop_urlpatterns

__all__ = ["handler404", "urlpatterns"]


def forbid(request: HttpRequest) -> NoReturn:
    raise PermissionDenied


def break_down(request: HttpRequest) -> NoReturn:
    raise RuntimeError("This page breaks down on purpose.")


urlpatterns = [
    path("test/403/", forbid),
    path("test/500/", break_down),
    *shop_urlpatterns,
]
