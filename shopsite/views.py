"""Views of the project itself: health, robots.txt, its colors and the pages for what went wrong."""

import logging
import re

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from shopsite.cms.outbox import seconds_overdue
from shopsite.lib.palette import admin_rules, decode, stylesheet

logger = logging.getLogger(__name__)

ROBOTS_SECONDS = 3600
MAX_QUERY_LENGTH = 60
NO_WORD = re.compile(r"[\W_]+")
ORDERS = "/orders/"
YEAR = 365 * 24 * 3600


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing else, so that a slow database restarts no web server."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether this process can serve shoppers; 503 when its database or a migration is missing.

    The cache is only told of, and so is mail that nobody sends, in seconds since it was due: the
    shop still sells. The broker is left out, since mail that waits says more.
    """
    states: dict[str, str | int] = {"database": _database_state(), "cache": _cache_state()}
    is_ready = states["database"] == "ok"
    if is_ready:
        states["mail_overdue_seconds"] = seconds_overdue()
    return JsonResponse(states, status=200 if is_ready else 503)


def _database_state() -> str:
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "migrations missing"
    except DatabaseError:
        logger.exception("The database does not answer.")
        return "down"
    return "ok"


def _cache_state() -> str:
    try:
        cache.set("readyz", "ok", 5)
        return "ok" if cache.get("readyz") == "ok" else "loses values"
    except Exception:
        logger.exception("The cache does not answer.")
        return "down"


@require_safe
@cache_control(public=True, max_age=ROBOTS_SECONDS)
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers stay away from: what belongs to one shopper, and searches, which have no end.

    The addresses of single variants (`?sku=`) stay open: the feed of products sends people there.
    """
    closed = [
        reverse("wagtailadmin_home"),
        reverse("cart"),
        reverse("checkout"),
        ORDERS,
        reverse("account"),
        f"{reverse('search')}?",
        "/demo/",
    ]
    lines = ["User-agent: *", *(f"Disallow: {address}" for address in closed), ""]
    lines += [f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A wrong address: the shop's own page, with what the address was about to search for, or with
    the way to another link when it looks like that of an order."""
    context = {
        "query": words_of_address(request.path),
        "is_order": request.path.startswith(ORDERS),
    }
    return render(request, "404.html", context, status=404)


def words_of_address(path: str) -> str:
    """The words of the last part of an address; empty when there is nothing to look for."""
    last = path.rstrip("/").rsplit("/", 1)[-1].partition(".")[0]
    words = [word for word in NO_WORD.split(last) if word and not word.isdecimal()]
    return " ".join(words)[:MAX_QUERY_LENGTH].strip()


@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def brand_stylesheet(request: HttpRequest, colors: str) -> HttpResponse:
    """The shop's own colors. They stand in the address, so that its content never changes."""
    palette = decode(colors)
    if palette is None:
        raise Http404
    return HttpResponse(stylesheet(palette), content_type="text/css; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def admin_stylesheet(request: HttpRequest, colors: str) -> HttpResponse:
    """The one color of the admin that is the shop's: its menu."""
    palette = decode(colors)
    if palette is None:
        raise Http404
    return HttpResponse(admin_rules(palette), content_type="text/css; charset=utf-8")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent after its token ended, or from a page that is not ours."""
    return render(request, "403_csrf.html", status=403)
