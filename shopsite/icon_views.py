"""The site's icon as pages name it, and as programs ask for it that read no page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from shopsite.cms.models import BrandSettings
from shopsite.cms.site_icon import SIZES, icon_digest, icon_ico, icon_png

YEAR = 365 * 24 * 3600
ICO_SECONDS = 3600
OUTDATED_SECONDS = 300


@require_safe
def site_icon(request: HttpRequest, digest: str, size: int) -> HttpResponse:
    """The icon as a PNG. A page that was kept since the brand changed gets the one of today, which
    nobody may keep for long under the address of another."""
    if size not in SIZES:
        raise Http404
    brand = BrandSettings.load(request_or_site=request)
    response = HttpResponse(icon_png(brand, size), content_type="image/png")
    if digest == icon_digest(brand):
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=OUTDATED_SECONDS)
    return response


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """At the address that browsers and crawlers try by themselves; it can hold no digest."""
    brand = BrandSettings.load(request_or_site=request)
    response = HttpResponse(icon_ico(brand), content_type="image/x-icon")
    patch_cache_control(response, public=True, max_age=ICO_SECONDS)
    return response
