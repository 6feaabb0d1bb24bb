"""Light, dark, or as the system has it: what a shopper chose, and the form in the footer that asks.

The choice is a small readable cookie, and there is none before somebody chooses. Pages are rendered
without it; `fill_scheme` writes it into one on the way out, so that it is drawn right at once and
without JavaScript. A cache in front should keep a page for each value of the cookie; behind one
that does not, static/js/scheme-switch.js does it as soon as it has arrived.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from shopsite.origin import same_origin_required

SCHEME_COOKIE = "scheme"
SCHEMES = ("light", "dark")
COOKIE_SECONDS = 365 * 24 * 3600
# What templates write for everybody: the root element, what a browser paints before it has a
# stylesheet, and the radios of the footer.
ROOT_MARK = ' data-scheme="system"'
META_MARK = '<meta name="color-scheme" content="light dark">'
SYSTEM_MARK = 'value="system" checked'


@same_origin_required
@require_POST
def choose_scheme(request: HttpRequest) -> HttpResponse:
    """Keeps the choice and shows the page again that it was made on. "system", and all that is no
    scheme of ours, means that there is no choice to keep."""
    response = HttpResponseRedirect(_way_back(request), status=303)
    scheme = request.POST.get("scheme")
    if scheme in SCHEMES:
        response.set_cookie(
            SCHEME_COOKIE,
            scheme,
            max_age=COOKIE_SECONDS,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    elif SCHEME_COOKIE in request.COOKIES:
        response.delete_cookie(SCHEME_COOKIE, samesite="Lax")
    return response


def fill_scheme(request: HttpRequest, response: HttpResponse) -> bool:
    """Writes the scheme of the cookie into the page; False when there was nothing to write.

    A cookie is a shopper's free text: anything but a scheme of ours is passed over.
    """
    scheme = request.COOKIES.get(SCHEME_COOKIE)
    if scheme not in SCHEMES or ROOT_MARK.encode() not in response.content:
        return False
    html = response.content
    for mark, filled in (
        (ROOT_MARK, f' data-scheme="{scheme}"'),
        (META_MARK, f'<meta name="color-scheme" content="{scheme}">'),
        (SYSTEM_MARK, 'value="system"'),
        (f'value="{scheme}" data-choice', f'value="{scheme}" checked'),
    ):
        html = html.replace(mark.encode(), filled.encode(), 1)
    response.content = html
    return True


def _way_back(request: HttpRequest) -> str:
    """The page that the form stood on; another site is never led to. A browser names it to the same
    site, so that the form need not: pages are the same whatever was added to their address."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if is_ours and "://" in page else "/"
