"""Videos are served in parts, to those who may have them."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

pytestmark = pytest.mark.usefixtures("site")


def document(name: str = "mug.mp4") -> Document:
    return Document.objects.create(title=name, file=ContentFile(b"0123456789", name=name))


def ask(found: Document, asked: str):
    return Client().get(found.url, headers={"range": asked})


@pytest.mark.parametrize(
    ("asked", "content", "content_range"),
    [
        ("bytes=0-1", b"01", "bytes 0-1/10"),
        ("bytes=0-", b"0123456789", "bytes 0-9/10"),
        ("bytes=4-", b"456789", "bytes 4-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=-99", b"0123456789", "bytes 0-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
    ],
)
def test_a_part_is_answered_with_that_part(asked: str, content: bytes, content_range: str) -> None:
    response = ask(document(), asked)
    assert response.status_code == 206
    assert response.content == content
    assert response["Content-Range"] == content_range
    assert response["Content-Type"] == "video/mp4"


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=5-3", "bytes=-0"])
def test_a_part_that_there_is_not_is_said_to_be_none(asked: str) -> None:
    response = ask(document(), asked)
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */10"


@pytest.mark.parametrize("asked", ["", "bytes=-", "bytes=0-1,4-5", "lines=0-1", "bytes=²-"])
def test_anything_else_is_answered_with_the_whole_file(asked: str) -> None:
    response = ask(document(), asked)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"0123456789"


def test_other_documents_are_served_whole() -> None:
    assert ask(document("care.pdf"), "bytes=0-1").status_code == 200


def test_no_part_of_a_private_video_is_given_away() -> None:
    found = document()
    cellar = Collection.get_first_root_node().add_child(name="Cellar")
    CollectionViewRestriction.objects.create(collection=cellar, restriction_type="login")
    found.collection = cellar
    found.save()
    response = ask(found, "bytes=0-1")
    assert response.status_code == 302
    assert "/login/" in response["Location"]


def test_a_large_part_is_answered_with_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shopsite.cms.video_serving.LARGEST_PART", 4)
    response = ask(document(), "bytes=1-")
    assert (response.content, response["Content-Range"]) == (b"1234", "bytes 1-4/10")
