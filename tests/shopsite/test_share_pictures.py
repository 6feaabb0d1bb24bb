"""The picture of a shared link: drawn once when a page is published, never on a shopper's way."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from PIL import Image

from home.models import HomePage
from products.models import ProductPage
from shopsite.cms.drawing import site_style
from shopsite.cms.making_share_pictures import make_share_picture
from shopsite.cms.models import BrandSettings, SharePicture
from shopsite.lib.contrast import channels
from shopsite.lib.palette import DEFAULT_PALETTE, Scheme
from shopsite.lib.share_picture import Brand, draw_share_picture, picture_size
from shopsite.lib.svg_path import outlines
from shopsite.lib.typesetting import Face, fit, settable, wrap
from tests.factories import make_image, make_product_page

pytestmark = pytest.mark.usefixtures("indexes")

STYLE = site_style()
FACE = Face(STYLE.display, 60, 560)
LIGHT = DEFAULT_PALETTE.light
PAPER, FERN = channels(LIGHT.paper), channels(LIGHT.accent)
RED = Image.new("RGB", (900, 900), "red")


BLUE = Image.new("RGBA", (400, 100), "blue")


def drawn(
    title: str,
    picture: Image.Image | None = RED,
    *,
    scheme: Scheme = LIGHT,
    logo: Image.Image | None = None,
) -> Image.Image:
    brand = Brand("Fern & Kettle", scheme, logo)
    content = draw_share_picture(title=title, brand=brand, picture=picture, style=STYLE)
    return Image.open(BytesIO(content))


def is_near(color: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return all(abs(one - two) < 12 for one, two in zip(color, other, strict=True))


@pytest.fixture(autouse=True)
def empty_store(settings, tmp_path: Path) -> None:
    """No file of another test, and no rendition remembered under the same key."""
    settings.MEDIA_ROOT = str(tmp_path)
    cache.clear()


# --- Drawing ------------------------------------------------------------------------------------


def test_the_title_stands_on_paper_beside_the_picture() -> None:
    image = drawn("Speckled Mug")
    assert (image.size, image.format) == ((1200, 630), "JPEG")
    assert is_near(image.getpixel((20, 20)), PAPER)
    assert is_near(image.getpixel((1190, 315)), (254, 0, 0))
    words = image.crop((72, 160, 600, 520)).convert("L")
    assert words.getextrema()[0] < 60  # There is ink.


def test_without_a_picture_the_title_stands_on_the_color_of_the_shop() -> None:
    image = drawn("Terms of sale", picture=None)
    assert image.size == (1200, 630)
    assert is_near(image.getpixel((1190, 620)), FERN)


def test_the_colors_are_those_of_the_brand() -> None:
    night = Scheme(accent="#ffd866", paper="#101010", ink="#f0f0f0")
    assert is_near(drawn("Mug", scheme=night).getpixel((20, 20)), (16, 16, 16))
    assert is_near(drawn("Mug", None, scheme=night).getpixel((20, 20)), (255, 216, 102))


def test_a_logo_takes_the_place_of_mark_and_name_and_stands_on_paper() -> None:
    image = drawn("Terms of sale", None, logo=BLUE)
    assert is_near(image.getpixel((20, 20)), PAPER)
    assert is_near(image.getpixel((200, 110)), (0, 0, 254))
    name = image.crop((60, 530, 600, 570)).convert("L")
    assert name.getextrema()[0] > 230  # There is no ink.


@pytest.mark.parametrize(
    "title", ["東京の急須", "إبريق شاي", "чайник", "קומקום", "\ud800", "🫖", ""]
)
def test_a_script_the_fonts_do_not_have_leaves_the_room_to_the_picture(title: str) -> None:
    assert picture_size(title=title, style=STYLE) == (1200, 630)
    image = drawn(title)
    assert is_near(image.getpixel((20, 20)), (254, 0, 0))
    assert drawn(title, picture=None).size == (1200, 630)


@pytest.mark.parametrize(
    ("title", "set_as"),
    [
        ("Hōjicha, Łódź & “Žižkov”", "Hōjicha, Łódź & “Žižkov”"),
        ("Tea 🍵 for  two", "Tea for two"),
        ("Soft\u00adhyphen\u200b\u202e", "Softhyphen"),
        ("Cafe\u0301", "Café"),
        ("Tea 茶", ""),
    ],
)
def test_what_can_be_set_is_set(title: str, set_as: str) -> None:
    assert settable(title, FACE) == set_as


def test_a_long_title_wraps_and_a_longer_one_is_cut() -> None:
    faces = [Face(STYLE.display, size, 560) for size in (76, 46)]
    face, lines = fit("A slow morning at the table", faces, width=516, lines=4)
    assert (face.size, " ".join(lines)) == (76, "A slow morning at the table")
    face, lines = fit("slow " * 60, faces, width=516, lines=4)
    assert (face.size, len(lines)) == (46, 4)
    assert lines[-1].endswith("…")
    assert all(face.width(line) <= 516 for line in lines)


def test_a_word_wider_than_its_room_is_broken() -> None:
    lines = wrap("Donaudampfschifffahrtsgesellschaftskapitän", FACE, 400)
    assert len(lines) > 1
    assert "".join(lines) == "Donaudampfschifffahrtsgesellschaftskapitän"
    assert all(FACE.width(line) <= 400 for line in lines)


def test_outlines_follow_curves() -> None:
    [points] = outlines("M0 0L4 0Q4 4 0 4Z")
    assert points[:2] == [(0, 0), (4, 0)]
    assert points[-1] == (0, 4)
    assert (3, 3) in [(round(x, 6), round(y, 6)) for x, y in points]


# --- Making -------------------------------------------------------------------------------------


def test_publishing_makes_the_picture_after_the_commit(
    site: HomePage, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = make_product_page("Mug", picture=True)
        page.save_revision().publish()
        assert not SharePicture.objects.exists()
    made = SharePicture.objects.get(page_id=page.pk)
    assert made.file.name == f"images/share/{page.pk}-{made.digest[:16]}.jpg"
    with made.file.open() as file:
        assert Image.open(file).size == (1200, 630)
    html = Client().get("/shop/mug/").content.decode()
    assert f'<meta property="og:image" content="http://testserver{made.file.url}">' in html


def test_a_draft_has_no_picture(site: HomePage) -> None:
    page = make_product_page("Mug", live=False)
    assert make_share_picture(page.pk) is False
    assert not SharePicture.objects.exists()


def test_nothing_is_made_again_that_would_look_the_same(site: HomePage) -> None:
    page = make_product_page("Mug", picture=True)
    assert make_share_picture(page.pk) is True
    first = SharePicture.objects.get()
    page.summary = "Another summary."
    page.save()
    assert make_share_picture(page.pk) is False
    assert SharePicture.objects.get() == first


def test_a_new_title_makes_a_new_picture_under_a_new_name(
    site: HomePage, django_capture_on_commit_callbacks
) -> None:
    page = make_product_page("Mug", picture=True)
    make_share_picture(page.pk)
    old = SharePicture.objects.get().file.name
    ProductPage.objects.update(title="Speckled Mug")
    with django_capture_on_commit_callbacks(execute=True):
        assert make_share_picture(page.pk) is True
    new = SharePicture.objects.get().file.name
    assert new != old
    assert default_storage.exists(new)
    assert not default_storage.exists(old)


def test_the_picture_goes_with_its_page(site: HomePage, django_capture_on_commit_callbacks) -> None:
    page = make_product_page("Mug")
    make_share_picture(page.pk)
    name = SharePicture.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        ProductPage.objects.get(pk=page.pk).delete()
    assert not SharePicture.objects.exists()
    assert not default_storage.exists(name)


def test_a_picture_whose_file_is_gone_is_drawn_without(site: HomePage) -> None:
    page = make_product_page("Mug", picture=True)
    image = page.main_picture.image
    image.get_file_hash()
    Path(image.file.path).unlink()
    assert make_share_picture(page.pk) is True
    with SharePicture.objects.get().file.open() as file:
        assert is_near(Image.open(file).getpixel((1190, 620)), FERN)


def test_a_broken_file_breaks_nothing(site: HomePage) -> None:
    page = make_product_page("Mug", picture=True)
    image = page.main_picture.image
    image.file.storage.delete(image.file.name)
    image.file.storage.save(image.file.name, ContentFile(b"no picture"))
    assert make_share_picture(page.pk) is True


def test_the_command_makes_what_is_missing_or_out_of_date(
    site: HomePage, capsys: pytest.CaptureFixture[str]
) -> None:
    make_product_page("Mug")
    call_command("prepare_pictures")
    assert capsys.readouterr().out == "Pages prepared: 6\n"
    call_command("prepare_pictures")
    assert capsys.readouterr().out == "Pages prepared: 0\n"
    BrandSettings.objects.update_or_create(defaults={"name": "Moss & Pot"})
    call_command("prepare_pictures")
    assert capsys.readouterr().out == "Pages prepared: 6\n"


@pytest.mark.parametrize(
    "change", [{"accent_light": "#7a1f3d"}, {"paper_light": "#ffffff"}, {"ink_light": "#000000"}]
)
def test_another_color_makes_a_new_picture_under_a_new_name(
    site: HomePage, change: dict[str, str]
) -> None:
    page = make_product_page("Mug")
    make_share_picture(page.pk)
    old = SharePicture.objects.get().file.name
    BrandSettings.objects.update(**change)
    assert make_share_picture(page.pk) is True
    assert SharePicture.objects.get().file.name != old


def test_a_logo_makes_a_new_picture_and_a_color_for_dark_screens_does_not(site: HomePage) -> None:
    page = make_product_page("Mug")
    make_share_picture(page.pk)
    BrandSettings.objects.update(accent_dark="#ffffff")
    assert make_share_picture(page.pk) is False
    BrandSettings.objects.update(logo=make_image("Logo"))
    assert make_share_picture(page.pk) is True
