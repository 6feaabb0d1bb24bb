"""With SEARCH_URL another server answers: the real client speaks HTTP to one that we play."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from home.models import HomePage, StoryPage
from home.search.matches import find_matches
from products.models import ProductPage
from shopsite.settings.search import search_backends
from tests.factories import make_product_page
from tests.home.test_search import make_story, search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes")]


class SearchServer(ThreadingHTTPServer):
    """Answers every search with `found`, page ids with their scores, and keeps the questions."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.found: dict[int, float] = {}
        self.asked: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"elasticsearch9://127.0.0.1:{self.server_port}/shop"


class Answering(BaseHTTPRequestHandler):
    server: SearchServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append({"path": self.path.split("?")[0], **json.loads(body)})
        found = self.server.found.items()
        hits = [{"_score": score, "fields": {"pk": [str(pk)]}} for pk, score in found]
        self._answer({"hits": {"hits": hits}})

    def do_DELETE(self) -> None:
        self._answer({})

    def _answer(self, content: dict[str, Any]) -> None:
        text = json.dumps(content).encode()
        self.send_response(200)
        # Without this header the client takes the server for another product.
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/vnd.elasticsearch+json;compatible-with=9")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server(site: HomePage, settings: Settings) -> Iterator[SearchServer]:
    with SearchServer() as playing:
        threading.Thread(target=playing.serve_forever, daemon=True).start()
        use_server(settings, playing.url)
        yield playing
        playing.shutdown()


def use_server(settings: Settings, url: str) -> None:
    """From now on; what is published before is indexed as always."""
    settings.SEARCH_URL = url
    settings.WAGTAILSEARCH_BACKENDS = search_backends(url)


def test_the_server_decides_what_is_found_and_in_which_order(
    server: SearchServer, settings: Settings
) -> None:
    settings.WAGTAILSEARCH_BACKENDS = search_backends("")
    mug, pot, story = make_product_page("Mug"), make_product_page("Pot"), make_story("On iron")
    settings.WAGTAILSEARCH_BACKENDS = search_backends(server.url)
    server.found = {story.pk: 3.0, pot.pk: 2.5, mug.pk: 1.0}
    matches = find_matches(["iron"])
    assert matches.of(ProductPage) == [pot.pk, mug.pk]
    assert matches.of(StoryPage) == [story.pk]
    assert (matches.best_of(StoryPage), matches.best_of(ProductPage)) == (3.0, 2.5)
    assert [asked["path"] for asked in server.asked] == ["/shop_wagtailcore_page/_search"]
    assert "iron" in json.dumps(server.asked[0]["query"])


def test_a_draft_that_the_server_still_knows_is_not_shown(
    server: SearchServer, settings: Settings, client: Client
) -> None:
    settings.WAGTAILSEARCH_BACKENDS = search_backends("")
    shown, draft = make_story("On iron"), make_story("On rust", live=False)
    settings.WAGTAILSEARCH_BACKENDS = search_backends(server.url)
    server.found = {draft.pk: 2.0, shown.pk: 1.0}
    assert search(client, "iron") == ([], ["On iron"])


def test_a_server_that_is_down_breaks_no_page(
    site: HomePage, settings: Settings, client: Client
) -> None:
    make_product_page("Iron Tetsubin")
    use_server(settings, "elasticsearch9://127.0.0.1:9/shop")
    response = client.get("/search/", {"q": "iron"})
    assert response.status_code == 503
    text = response.content.decode()
    assert "The search is not answering just now." in text
    assert 'value="iron"' in text
    assert "Iron Tetsubin" in text
    suggested = client.get("/search/suggest/", {"q": "iron"})
    assert (suggested.status_code, suggested.context["suggestions"]) == (200, [])
    assert client.get("/shop/").status_code == 200


def test_a_search_server_is_named_by_one_address() -> None:
    assert search_backends("") == {"default": {"BACKEND": "wagtail.search.backends.database"}}
    assert search_backends("elasticsearch9+https://user:word@search.test:9200/shop") == {
        "default": {
            "BACKEND": "wagtail.search.backends.elasticsearch9",
            "URLS": ["https://user:word@search.test:9200"],
            "INDEX_PREFIX": "shop_",
            "TIMEOUT": 5,
        }
    }
    assert search_backends("opensearch3://127.0.0.1:9200")["default"]["INDEX_PREFIX"] == ""


@pytest.mark.parametrize("url", ["redis://localhost", "elasticsearch9:", "https://user:pw@x"])
def test_an_address_that_is_none_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        search_backends(url)
    assert "pw" not in str(caught.value)
