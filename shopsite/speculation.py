"""Which links a browser may fetch as soon as somebody points at them: products and stories.

They are the same for everybody and change nothing, unlike the cart, the checkout and an order. An
address with a question is left out: filters and pages of a list have no end. The rules stand at an
address of their own, which a header of each public page names, so that no script stands in a page.
"""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

CONTENT_TYPE = "application/speculationrules+json"
DAY = 24 * 3600
RULES = {
    "prefetch": [
        {
            "where": {
                "and": [
                    {"href_matches": ["/shop/*", "/stories/*"]},
                    {"not": {"href_matches": r"/*\?*=*"}},
                ]
            },
            "eagerness": "moderate",
        }
    ]
}


@require_safe
@cache_control(public=True, max_age=DAY)
def speculation_rules(request: HttpRequest) -> HttpResponse:
    """The type is what a browser insists on; a file of the static folder has none of its own."""
    return HttpResponse(json.dumps(RULES), content_type=CONTENT_TYPE)
