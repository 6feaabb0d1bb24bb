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
    "frame-ancestors": [SELF],  # The editor shows its previews in a frame.
}
# Of the admin, but shown to anybody: as strict as the shop.
DOORS = ("wagtailadmin_login", "wagtailadmin_password_reset", "second-factor-leave")


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
        if is_of_editors(request):
            parts.replace = {**(parts.replace or {}), **ADMIN_DIRECTIVES}
        return parts

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if is_of_editors(request):
            # For browsers that do not know frame-ancestors.
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        answer: HttpResponseBase = super().process_response(request, response)
        return answer


def is_of_editors(request: HttpRequest) -> bool:
    """A page of the admin behind its doors, or a preview, which carries Wagtail's user bar."""
    if getattr(request, "is_preview", False):
        return True
    path = request.path_info
    if not path.startswith(reverse("wagtailadmin_home")):
        return False
    return not path.startswith(tuple(_folder_of(name) for name in DOORS))


def _folder_of(name: str) -> str:
    """Where the pages beside the named one stand, too."""
    return reverse(name).removesuffix("leave/")
