"""The icon of the site: drawn of the brand, and named by what it shows."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.core.files.storage import InMemoryStorage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from home.models import HomePage
from shopsite.cms.drawing import site_style
from shopsite.cms.models import BrandSettings, ShopImage
from shopsite.cms.site_icon import icon_digest, icon_url
from shopsite.lib.site_icon import IconColors, draw_icon, letter_of

pytestmark = pytest.mark.django_db

FERN, PAPER = (47, 86, 64), (251, 248, 242)
COLORS = IconColors(ground=FERN, letter=PAPER, paper=PAPER)


@pytest.fixture(autouse=True)
def empty_store(settings, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = str(tmp_path)
    cache.clear()
    yield
    cache.clear()


def make_blue_square() -> ShopImage:
    """A picture with transparent corners."""
    picture = Image.new("RGBA", (600, 600))
    picture.paste("blue", (100, 100, 500, 500))
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return ShopImage.objects.create(title="Icon", file=ImageFile(buffer, name="icon.png"))


def links_of(url: str = "/shop/") -> dict[str, str]:
    """The addresses of the icons by the size they are named with."""
    html = Client().get(url).content.decode()
    found = re.findall(r'<link rel="icon"\s+href="([^"]+)"\s+sizes="([^"]+)"', html)
    touch = re.findall(r'<link rel="apple-touch-icon" href="([^"]+)">', html)
    return {size: address for address, size in found} | {"touch": touch[0]}


def picture_at(url: str) -> Image.Image:
    response = Client().get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    return Image.open(BytesIO(response.content))


def test_every_page_names_icons_that_may_be_kept_for_ever(site: HomePage) -> None:
    links = links_of()
    digest = icon_digest(BrandSettings.load())
    assert links == {
        "32x32": f"/brand/icon/{digest}/32.png",
        "192x192": f"/brand/icon/{digest}/192.png",
        "touch": f"/brand/icon/{digest}/180.png",
    }
    sizes = [picture_at(address).size for address in links.values()]
    assert sizes == [(32, 32), (192, 192), (180, 180)]
    response = Client().get(links["touch"])
    kept = {part.strip() for part in response["Cache-Control"].split(",")}
    assert kept == {"public", "max-age=31536000", "immutable"}
    assert not response.cookies


def test_a_browser_frames_the_page_in_the_colors_of_its_paper(site: HomePage) -> None:
    BrandSettings.load()
    BrandSettings.objects.update(paper_light="#ffffff", paper_dark="#101010")
    html = " ".join(Client().get("/shop/").content.decode().split())
    for scheme, color in (("light", "#ffffff"), ("dark", "#101010")):
        media = f'media="(prefers-color-scheme: {scheme})"'
        assert f'<meta name="theme-color" content="{color}" {media}>' in html


def test_the_letter_stands_on_the_accent_with_round_corners(site: HomePage) -> None:
    icon = picture_at(icon_url(BrandSettings.load(), 512))
    assert icon.getpixel((0, 0))[3] == 0
    assert icon.getpixel((40, 256)) == (*FERN, 255)
    assert PAPER in {color[:3] for _count, color in icon.getcolors(100_000)}


def test_an_icon_for_home_screens_has_no_transparent_corner(site: HomePage) -> None:
    icon = picture_at(icon_url(BrandSettings.load(), 180))
    assert icon.mode == "RGB"
    assert icon.getpixel((0, 0)) == FERN


def test_a_picture_of_ones_own_is_shown_as_it_is(site: HomePage) -> None:
    brand = BrandSettings.load()
    brand.site_icon = make_blue_square()
    brand.save()
    icon = picture_at(icon_url(brand, 192))
    assert icon.getpixel((0, 0))[3] == 0
    assert icon.getpixel((96, 96)) == (0, 0, 255, 255)
    touch = picture_at(icon_url(brand, 180))
    assert touch.getpixel((0, 0)) == PAPER


def test_a_picture_whose_file_is_gone_leaves_the_letter(site: HomePage) -> None:
    brand = BrandSettings.load()
    brand.site_icon = make_blue_square()
    brand.save()
    Path(brand.site_icon.file.path).unlink()
    assert picture_at(icon_url(brand, 180)).getpixel((0, 0)) == FERN


def test_media_need_not_be_on_this_machine(site: HomePage, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = InMemoryStorage()  # Knows no path, like a bucket.
    for model in (ShopImage, ShopImage.get_rendition_model()):
        monkeypatch.setattr(model._meta.get_field("file"), "storage", storage)
    brand = BrandSettings.load()
    brand.site_icon = make_blue_square()
    brand.save()
    assert picture_at(icon_url(brand, 192)).getpixel((96, 96)) == (0, 0, 255, 255)


def test_the_address_changes_with_what_the_icon_shows_and_with_nothing_else() -> None:
    brand = BrandSettings()
    first = icon_digest(brand)
    brand.name, brand.tagline, brand.accent_dark = "Forest", "Tea.", "#ffffff"
    assert icon_digest(brand) == first
    others = {first}
    for name, value in (
        ("name", "Moss & Pot"),
        ("accent_light", "#7a1f3d"),
        ("site_icon", make_blue_square()),
    ):
        setattr(brand, name, value)
        others.add(icon_digest(brand))
    assert len(others) == 4


def test_a_page_that_was_kept_finds_the_icon_of_today_for_a_short_time(site: HomePage) -> None:
    old = icon_url(BrandSettings.load(), 180)
    BrandSettings.objects.update(accent_light="#7a1f3d")
    response = Client().get(old)
    assert Image.open(BytesIO(response.content)).getpixel((0, 0)) == (122, 31, 61)
    kept = {part.strip() for part in response["Cache-Control"].split(",")}
    assert kept == {"public", "max-age=300"}


@pytest.mark.parametrize("size", ["0", "31", "4096", "99999999999"])
def test_no_other_size_is_drawn(site: HomePage, size: str) -> None:
    digest = icon_digest(BrandSettings.load())
    assert Client().get(f"/brand/icon/{digest}/{size}.png").status_code == 404


def test_the_icon_at_the_old_address_has_three_sizes_and_is_kept_for_an_hour() -> None:
    assert not BrandSettings.objects.exists()
    response = Client().get("/favicon.ico")
    assert response["Content-Type"] == "image/x-icon"
    assert "max-age=3600" in response["Cache-Control"]
    icon = Image.open(BytesIO(response.content))
    assert (icon.format, icon.ico.sizes()) == ("ICO", {(16, 16), (32, 32), (48, 48)})


def test_a_page_with_an_icon_of_ones_own_asks_as_often_as_without(site: HomePage) -> None:
    def queries() -> int:
        Client().get("/shop/")
        with CaptureQueriesContext(connection) as found:
            Client().get("/shop/")
        return len(found)

    without = queries()
    BrandSettings.objects.update(site_icon=make_blue_square())
    assert queries() == without


def test_an_icon_is_drawn_once(site: HomePage, monkeypatch: pytest.MonkeyPatch) -> None:
    address = icon_url(BrandSettings.load(), 32)
    first = Client().get(address).content
    monkeypatch.setattr("shopsite.cms.site_icon.draw_icon", lambda **_: pytest.fail("Again."))
    assert Client().get(address).content == first


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Fern & Kettle", "F"),
        ("öl", "Ö"),
        ("  «3 Cups»", "3"),
        ("e\u0301clair", "É"),
        ("ßtraße", "ß"),
        ("茶", "茶"),
        ("&", ""),
        ("", ""),
    ],
)
def test_a_name_is_known_by_its_first_letter(name: str, letter: str) -> None:
    assert letter_of(name) == letter


@pytest.mark.parametrize("name", ["茶屋", "чай", "🫖", ""])
def test_the_mark_stands_for_a_letter_that_the_fonts_do_not_have(name: str) -> None:
    icon = draw_icon(name=name, colors=COLORS, style=site_style(), picture=None)
    other = draw_icon(name="茶", colors=COLORS, style=site_style(), picture=None)
    assert icon.tobytes() == other.tobytes()
    assert PAPER in {color[:3] for _count, color in icon.getcolors(100_000)}
