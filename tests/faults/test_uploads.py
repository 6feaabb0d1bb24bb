"""Files that are not what they say, too large, broken or hostile."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import ExifTags, Image
from pytest_django import Settings
from wagtail.documents.models import Document
from wagtail.models import Collection

from home.models import HomePage
from shopsite.cms.models import ShopImage

pytestmark = pytest.mark.django_db

SCRIPT = b"<script>alert(1)</script>"


def encoded(format_: str, mode: str = "RGB", **options: Any) -> bytes:
    buffer = BytesIO()
    Image.new(mode, (60, 75), "tan").save(buffer, format_, **options)
    return buffer.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A whole picture by its first lines, of hardly a byte."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0" * 10_000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + body


def animation(frames: int, side: int) -> bytes:
    pictures = [Image.new("P", (side, side), number) for number in range(frames)]
    for number, picture in enumerate(pictures):
        picture.putpixel((number, 0), 255)
    buffer = BytesIO()
    pictures[0].save(buffer, "GIF", save_all=True, append_images=pictures[1:])
    return buffer.getvalue()


def upload(
    client: Client, name: str, content: bytes, *, to: str = "wagtailimages:add_multiple"
) -> dict:
    file = SimpleUploadedFile(name, content)
    data = {"title": "A cup", "files[]": file, "collection": Collection.objects.get().pk}
    response = client.post(reverse(to), data, headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.status_code == 200
    answer: dict = response.json()
    return answer


def hiding_frame(side: int) -> bytes:
    """Its head says how small it is, and its second frame another thing."""
    content = bytearray(animation(2, 20))
    second = content.index(b"\x2c", content.index(b"\x2c") + 10)
    content[second + 5 : second + 9] = side.to_bytes(2, "little") * 2
    return bytes(content)


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a page called a picture": ("cup.jpg", lambda: SCRIPT),
    "a drawing with a script": ("cup.svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "a drawing called a picture": ("cup.png", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "another kind than its name says": ("cup.jpg", lambda: encoded("PNG")),
    "a kind that no browser shows": ("cup.heic", lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
    "a kind with a history of holes": ("cup.tiff", lambda: encoded("TIFF")),
    "a huge picture of a few bytes": ("cup.png", lambda: png_header(50_000, 50_000)),
    "a picture of 41 megapixels": ("cup.png", lambda: png_header(8_200, 5_000)),
    "a still file of many large frames": ("cup.gif", lambda: animation(12, 2_000)),
    "a small animation with one huge frame": ("cup.gif", lambda: hiding_frame(7_000)),
    "nothing at all": ("cup.png", lambda: b""),
    "two names": ("cup.png.html", lambda: encoded("PNG")),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_picture_that_is_none_or_too_much_is_refused_in_words(
    admin_client: Client, what: str
) -> None:
    name, make = REFUSED[what]
    answer = upload(admin_client, name, make())
    assert (answer["success"], bool(answer["error_message"])) == (False, True)
    assert not ShopImage.objects.exists()


def test_a_file_that_is_too_large_is_refused_in_words(admin_client: Client) -> None:
    answer = upload(admin_client, "cup.png", encoded("PNG") + b"\0" * 10 * 1024 * 1024)
    assert "too big" in answer["error_message"]
    assert not ShopImage.objects.exists()


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_picture_that_breaks_off_is_refused_in_words(admin_client: Client, format_: str) -> None:
    """Its head is whole, so it passes as a picture; but none of its sizes could ever be made."""
    buffer = BytesIO()
    Image.effect_noise((200, 200), 90).convert("RGB").save(buffer, format_)
    whole, name = buffer.getvalue(), f"cup.{format_.lower()}"
    answer = upload(admin_client, name, whole[: len(whole) // 2])
    assert answer["success"] is False
    assert not ShopImage.objects.exists()
    assert upload(admin_client, name, whole)["success"] is True


def test_a_picture_for_printing_can_be_shown_on_screens(admin_client: Client) -> None:
    assert upload(admin_client, "cup.jpg", encoded("JPEG", "CMYK"))["success"] is True
    image = ShopImage.objects.get()
    modes = []
    for kind in ("avif", "webp", "jpeg"):
        with Image.open(image.get_rendition(f"width-30|format-{kind}").file) as shown:
            shown.load()
            modes.append(shown.mode)
    assert modes == ["RGB", "RGB", "CMYK"]  # Every browser shows a JPEG like that.


PLACE = (52.0, 31.0, 12.0)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">GPSLatitude 52,31.2N <script>1</script></x:xmpmeta>'


def picture_of_a_camera(format_: str) -> bytes:
    """With the place where it was taken, the name of who took it, a comment, and more behind its
    end."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = SCRIPT.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = PLACE
    content = encoded(format_, exif=exif, xmp=XMP, comment=SCRIPT)
    with Image.open(BytesIO(content)) as sent:
        assert sent.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    return content if format_ == "AVIF" else content + SCRIPT


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_what_is_shown_of_a_picture_tells_no_place_and_holds_no_script(
    admin_client: Client, format_: str
) -> None:
    content = picture_of_a_camera(format_)
    assert upload(admin_client, f"cup.{format_.lower()}", content)["success"] is True
    image = ShopImage.objects.get()
    for kind in ("jpeg", "png", "gif", "webp", "avif"):
        with image.get_rendition(f"width-30|format-{kind}").file.open() as file:
            shown = file.read()
        assert b"<script" not in shown, kind
        assert b"GPSLatitude" not in shown, kind
        with Image.open(BytesIO(shown)) as picture:
            assert picture.format == kind.upper()
            assert dict(picture.getexif()) == {}, kind


def test_a_picture_on_its_side_is_shown_upright(admin_client: Client) -> None:
    """How it was held is one of the things that are left out; by then it was turned."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    upload(admin_client, "cup.jpg", encoded("JPEG", exif=exif))
    with Image.open(ShopImage.objects.get().get_rendition("width-75").file) as shown:
        assert shown.size == (75, 60)


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.js", "a.xhtml", "a.exe", "a", "a.pdf.html"])
def test_a_document_that_a_browser_would_run_is_refused(admin_client: Client, name: str) -> None:
    answer = upload(admin_client, name, SCRIPT, to="wagtaildocs:add_multiple")
    assert answer["success"] is False
    assert not Document.objects.exists()


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.csv", "a.rtf"])
def test_a_document_that_is_a_page_in_truth_is_not_run(
    admin_client: Client, site: HomePage, name: str
) -> None:
    assert upload(admin_client, name, SCRIPT, to="wagtaildocs:add_multiple")["success"] is True
    response = Client().get(Document.objects.get().url)
    assert response.status_code == 200
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "html" not in response["Content-Type"]


@pytest.mark.parametrize(
    "name",
    [
        "../../../evil.png",
        "..\\\\..\\\\evil.png",
        "/etc/cron.d/evil.png",
        "....//evil.png",
        "%2e%2e%2fevil.png",
        "ev\x00il.png",
        "-rf ~ $(id) \u202egnp.png",
        "e" * 5000 + ".png",
    ],
    ids=str.__len__,
)
def test_a_file_is_kept_in_its_folder_whatever_it_is_called(
    admin_client: Client, settings: Settings, tmp_path: Path, name: str
) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "below" / "media")
    boundary = b"part"
    fields = {"title": b"A cup", "collection": str(Collection.objects.get().pk).encode()}
    body = b"".join(
        b'--part\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (key.encode(), value)
        for key, value in fields.items()
    )
    body += (
        b'--part\r\nContent-Disposition: form-data; name="files[]"; filename="%s"\r\n'
        b"Content-Type: image/png\r\n\r\n%s\r\n--part--\r\n" % (name.encode(), encoded("PNG"))
    )
    response = admin_client.post(
        reverse("wagtailimages:add_multiple"), body,
        content_type=f"multipart/form-data; boundary={boundary.decode()}",
        headers={"X-Requested-With": "XMLHttpRequest"},
    )  # fmt: skip
    assert response.status_code in (200, 400)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    folders = {"original_images", "images"}
    assert {path.parent.name for path in kept} <= folders
    assert all(path.is_relative_to(tmp_path / "below" / "media") for path in kept)
    assert all(set("/\\\u202e$~%") & set(path.name) == set() for path in kept)


@pytest.mark.parametrize(
    "address",
    [
        "/static/../shopsite/settings/base.py",
        "/static/..%2f..%2fmanage.py",
        "/static/%2e%2e/%2e%2e/manage.py",
        "/documents/1/..%2f..%2fmanage.py",
        "/demo/mail/..%2f..%2fmanage.py/",
        "/media/images/..%2f..%2fprivate/",
        "/media/original_images/cup.jpg",
        "/orders/..%2f..%2fmanage.py/",
    ],
)
def test_no_address_leads_out_of_its_folder(client: Client, site: HomePage, address: str) -> None:
    assert client.get(address).status_code in (400, 404)


def test_the_limits_are_set() -> None:
    assert django_settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS == 40_000_000
    assert not {"svg", "heic"} & set(django_settings.WAGTAILIMAGES_EXTENSIONS)
