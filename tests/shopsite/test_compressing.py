"""What is compressed on its way to a browser."""

import gzip

from django.http import FileResponse, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from home.models import HomePage
from shopsite.compressing import CompressTextMiddleware

ZIPPED = {"HTTP_ACCEPT_ENCODING": "gzip, br"}


def ask() -> HttpRequest:
    return RequestFactory().get("/", **ZIPPED)


def test_a_page_is_compressed_and_says_the_same(site: HomePage, client: Client) -> None:
    plain = client.get("/shop/")
    zipped = client.get("/shop/", **ZIPPED)
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert len(zipped.content) < len(plain.content) / 2
    assert plain["Vary"] == zipped["Vary"] == "Accept-Encoding"


def test_what_is_compressed_by_its_kind_travels_as_it_is() -> None:
    document = HttpResponse(b"%PDF" * 200, content_type="application/pdf")
    middleware = CompressTextMiddleware(lambda request: document)
    assert "Content-Encoding" not in middleware(ask())


def test_a_file_that_is_sent_in_pieces_travels_as_it_is() -> None:
    film = FileResponse(iter([b"WEBVTT" * 200]), content_type="text/vtt")
    middleware = CompressTextMiddleware(lambda request: film)
    assert "Content-Encoding" not in middleware(ask())
