"""Where a short address leads."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from home.models import ShortAddress
from shopsite.public_pages import PUBLIC_SECONDS


def with_parameters(url: str, query: QueryDict, defaults: Mapping[str, str]) -> str:
    """The address with all that the visitor's own had, and the defaults that it did not have."""
    parameters = query.copy()
    for name, value in defaults.items():
        if name not in parameters:
            parameters[name] = value
    return f"{url}?{parameters.urlencode()}" if parameters else url


@require_safe
def follow_short_address(request: HttpRequest, word: str) -> HttpResponse:
    """Leads on for now, never for good: next year the poster may mean another page. Search engines
    see the page under its own address only."""
    addresses = ShortAddress.objects.select_related("page")
    address = addresses.filter(word=word.lower(), page__live=True).first()
    url = address.page.get_url(request) if address else None
    if address is None or not url:
        raise Http404
    response = HttpResponseRedirect(with_parameters(url, request.GET, address.parameters))
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=0, s_maxage=PUBLIC_SECONDS)
    return response
