"""What every answer passes: the Content-Security-Policy, strict on the shop and as loose as Wagtail
needs under /admin/, and a guard against null bytes."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

# Wagtail 8 prints inline scripts without a nonce in its choosers, inline panels and date fields;
# a nonce in the policy would switch 'unsafe-inline' off again.
ADMIN_DIRECTIVES = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}


class NullByteMiddleware:
    """Answers 400 to an address or a cookie with a null byte in it: no browser sends one, and
    PostgreSQL takes none, so that it would be an error somewhere deep down."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if any("\x00" in text for text in (request.path_info, *request.COOKIES.values())):
            return HttpResponseBadRequest("Bad request.", content_type="text/plain")
        return self.get_response(request)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(reverse("wagtailadmin_home")):
            parts.replace = {**(parts.replace or {}), **ADMIN_DIRECTIVES}
        elif getattr(request, "is_preview", False):
            # A previewed page carries Wagtail's user bar, which checks the content.
            parts.replace = {**(parts.replace or {}), **ADMIN_DIRECTIVES}
        return parts
