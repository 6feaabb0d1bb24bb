"""Old addresses lead on with what was asked of them: where a visit came from, which variant."""

from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.encoding import iri_to_uri
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect


class QuestionKeepingRedirectMiddleware(RedirectMiddleware):
    """Wagtail's, which drops the query string of the address.

    A redirect that somebody made for one query string says itself where it leads, and is left as
    it is.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        answer: HttpResponseBase = super().process_response(request, response)
        question = iri_to_uri(request.META.get("QUERY_STRING", ""))
        if answer is response or not question:
            return answer
        asked = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        if get_redirect(request, asked) is None:
            answer.headers["Location"] = with_question(answer.headers["Location"], question)
        return answer


def with_question(address: str, question: str) -> str:
    """The address with one more query string, behind its own."""
    parts = urlsplit(address)
    query = "&".join(filter(None, (parts.query, question)))
    return urlunsplit(parts._replace(query=query))
