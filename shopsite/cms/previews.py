"""Settings show in their preview what they change: the front page of the site."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponse
from django.utils.translation import gettext as _
from wagtail.models import PreviewableMixin, Site


class FrontPagePreviewMixin(PreviewableMixin):
    """For settings: Wagtail puts the unsaved ones onto the request, where every template tag finds
    them in the place of those in the database."""

    default_preview_size = "desktop"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        site = Site.find_for_request(request)
        if site is None:
            raise Http404(_("There is no site yet whose front page could be shown."))
        return site.root_page.specific.serve_preview(request, mode_name)
