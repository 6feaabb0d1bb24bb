"""The style guide at /demo/styleguide/, in the demo and in development only."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.styleguide import component_specimens, product_specimens
from home.styleguide.block_specimens import draw_blocks
from home.styleguide.design_tokens import (
    ColorToken,
    read_tokens,
    swatches_stylesheet,
    tokens_named,
)
from home.styleguide.specimens import Drawn, Specimen, draw
from shopsite.cms.models import BrandSettings

View = Callable[..., HttpResponseBase]
Shared = dict[str, Any]


def workshop_only(view: View) -> View:
    """404 in a real shop."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if not (settings.DEBUG or getattr(settings, "DEMO", False)):
            raise Http404
        return view(request)

    return require_safe(never_cache(guarded))


@workshop_only
def styleguide(request: HttpRequest) -> HttpResponse:
    tokens = read_tokens()
    shared: Shared = {"brand": BrandSettings.load(request_or_site=request)}
    context = {
        "colors": [token for token in tokens if isinstance(token, ColorToken)],
        "fonts": tokens_named(tokens, "font-"),
        "texts": tokens_named(tokens, "text-"),
        "spaces": tokens_named(tokens, "space-"),
        "radii": tokens_named(tokens, "radius-"),
        "groups": _component_groups(request, shared),
        "blocks": list(draw_blocks(request)),
    }
    return render(request, "styleguide/index.html", context)


@workshop_only
def swatches(request: HttpRequest) -> HttpResponse:
    return HttpResponse(swatches_stylesheet(read_tokens()), content_type="text/css; charset=utf-8")


def _component_groups(request: HttpRequest, shared: Shared) -> list[tuple[str, list[Drawn]]]:
    def drawn(specimens: Iterable[Specimen]) -> list[Drawn]:
        return [draw(specimen, request, shared) for specimen in specimens]

    return [
        ("What is sold", drawn(product_specimens.product_specimens())),
        ("Cards", drawn(product_specimens.card_specimens())),
        ("News", drawn(component_specimens.notice_specimens())),
        ("Forms", drawn(component_specimens.form_specimens())),
        ("Ways", drawn(component_specimens.navigation_specimens())),
        ("Small things", drawn(component_specimens.small_specimens())),
    ]
