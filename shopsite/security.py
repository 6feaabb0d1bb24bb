"""The Content-Security-Policy: strict on the shop, as loose as Wagtail needs under /admin/."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest
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
