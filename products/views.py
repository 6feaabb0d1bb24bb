"""The feed of products, for machines."""

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from products.feed import product_feed
from products.models import ProductPage
from shopsite.cms.addresses import absolute_url
from shopsite.cms.models import BrandSettings
from shopsite.public_pages import PUBLIC_SECONDS


@require_safe
@cache_control(public=True, max_age=0, s_maxage=PUBLIC_SECONDS)
def products_feed(request: HttpRequest) -> StreamingHttpResponse:
    """Kept no longer than the pages it must agree with."""

    def url_of(page: ProductPage) -> str:
        return absolute_url(page.get_url(request) or "")

    brand = BrandSettings.load(request_or_site=request)
    parts = product_feed(brand=brand.name, site_url=absolute_url("/"), url_of=url_of)
    return StreamingHttpResponse(parts, content_type="application/xml; charset=utf-8")
