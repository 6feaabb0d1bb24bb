"""Pages travel compressed, also where no proxy in front does it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/", "application/json", "application/ld+json", "application/xml", "application/rss")


class CompressTextMiddleware(GZipMiddleware):
    """Django's own, for text alone. Pictures, letters, films and documents are compressed already,
    a part of a film must come as it was asked for, and WhiteNoise brings what it has prepared."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_text = response.headers.get("Content-Type", "").startswith(TEXTS)
        if response.streaming or not is_text:
            return response
        return super().process_response(request, response)
