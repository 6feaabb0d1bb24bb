"""Pictures in named sizes: three formats, width and height, focal points, a color to wait with."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.images import ImageFile
from django.template import Context, Template
from PIL import Image

from shopsite.cms.models import ShopImage, ShopRendition
from shopsite.cms.picture_sizes import PICTURE_SIZES, SINGLE_SIZES
from shopsite.cms.shown_pictures import make_sizes, renditions_of

TEMPLATES = Path(settings.BASE_DIR, "templates")
NAMED = re.compile(r'{%\s*shop_(picture|rendition)\s+\S+\s+"([a-z-]+)"')
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]


def make_large(color: str = "#804020", **fields: object) -> ShopImage:
    buffer = BytesIO()
    Image.new("RGB", (1000, 1500), color).save(buffer, "JPEG")
    return ShopImage.objects.create(
        title="A jug", description="A clay jug.", file=ImageFile(buffer, name="jug.jpg"), **fields
    )


def draw(image: ShopImage | None, arguments: str) -> str:
    template = Template("{% load picture_tags %}{% shop_picture image " + arguments + " %}")
    return template.render(Context({"image": image}))


def test_a_picture_comes_in_three_formats_with_its_measures() -> None:
    html = draw(make_large(), '"product-card" css="card" alt="A jug"')
    types = re.findall(r'type="([^"]+)"', html)
    assert types == ["image/avif", "image/webp"]
    assert len(re.findall(r"\.avif 400w|\.avif 640w", html)) == 2
    assert len(re.findall(r"\.webp 400w|\.webp 640w", html)) == 2
    assert len(re.findall(r"\.jpg", html)) == 1
    tag = html[html.index("<img") :]
    assert 'width="640"' in tag
    assert 'height="800"' in tag
    assert 'loading="lazy"' in tag
    assert 'class="card"' in tag
    assert 'alt="A jug"' in tag
    assert html.count(f'sizes="{PICTURE_SIZES["product-card"].sizes}"') == 2


def test_files_hold_what_their_names_say() -> None:
    image = make_large()
    renditions_of(image, "product-card")
    formats = {}
    for rendition in image.renditions.all():
        with Image.open(rendition.file) as file:
            formats[rendition.filter_spec] = (file.format, file.size)
    assert formats == {
        "format-avif|fill-400x500": ("AVIF", (400, 500)),
        "format-avif|fill-640x800": ("AVIF", (640, 800)),
        "format-webp|fill-400x500": ("WEBP", (400, 500)),
        "format-webp|fill-640x800": ("WEBP", (640, 800)),
        "format-jpeg|fill-640x800": ("JPEG", (640, 800)),
    }


def test_the_first_picture_of_a_page_is_fetched_before_others() -> None:
    html = draw(make_large(), '"hero" css="hero" loading="first"')
    assert 'fetchpriority="high"' in html
    assert "loading=" not in html
    assert 'alt="A clay jug."' in html
    eager = draw(make_large(), '"hero" css="hero" loading="eager"')
    assert "loading=" not in eager
    assert "fetchpriority" not in eager
    after = draw(make_large(), '"hero" css="hero" loading="after"')
    assert 'loading="lazy"' in after
    assert 'fetchpriority="low"' in after


def test_a_crop_keeps_its_focal_point() -> None:
    """White above, black below: the same crop shows one or the other."""
    buffer = BytesIO()
    image = Image.new("RGB", (900, 3000), "#000000")
    image.paste("#ffffff", (0, 0, 900, 1500))
    image.save(buffer, "PNG")
    shades = []
    for y in (200, 2800):
        focal = {"focal_point_x": 450, "focal_point_y": y}
        focal |= {"focal_point_width": 300, "focal_point_height": 300}
        picture = ShopImage.objects.create(
            title="T", file=ImageFile(BytesIO(buffer.getvalue()), name="t.png"), **focal
        )
        rendition = renditions_of(picture, "product-card")["format-webp|fill-640x800"]
        with Image.open(rendition.file) as file:
            shades.append(file.convert("L").getpixel((320, 400)))
    assert shades[0] > 200
    assert shades[1] < 50


def test_a_picture_says_which_color_to_wait_with() -> None:
    image = make_large("#804020")
    assert image.dominant_color in {"#804020", "#803f1f"}  # As JPEG has it.
    assert f'data-tint="{image.dominant_color}"' in draw(image, '"hero" css="hero"')
    assert " style=" not in draw(image, '"hero" css="hero"')
    ShopImage.objects.filter(pk=image.pk).update(dominant_color="")
    image.refresh_from_db()
    assert "data-tint" not in draw(image, '"hero" css="hero"')


def test_a_new_file_gives_a_new_color_and_a_new_title_does_not() -> None:
    image = make_large("#000000")
    assert image.dominant_color == "#000000"
    image.dominant_color = "#123456"
    image.title = "Another"
    image.save()
    assert ShopImage.objects.get().dominant_color == "#123456"
    buffer = BytesIO()
    Image.new("RGB", (10, 10), "#ffffff").save(buffer, "PNG")
    image.file = ImageFile(buffer, name="white.png")
    image.save()
    assert ShopImage.objects.get().dominant_color == "#ffffff"


def test_no_picture_is_nothing_and_a_lost_file_breaks_no_page() -> None:
    assert draw(None, '"hero" css="hero"') == ""
    image = make_large()
    image.file.storage.delete(image.file.name)
    assert "not-found" in draw(image, '"hero" css="hero"')
    make_sizes(image, ["hero"])
    assert not ShopRendition.objects.exists()


def test_a_size_that_nobody_named_is_an_error() -> None:
    with pytest.raises(KeyError):
        draw(make_large(), '"herro" css="hero"')


def test_templates_name_sizes_and_each_size_is_named() -> None:
    """Also that no template of the shop spells one out itself; the admin has sizes of its own."""
    named: dict[str, set[str]] = {"picture": set(), "rendition": set()}
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text()
        if "admin" not in path.parts:
            assert not re.search(r"{%\s*(image|picture|srcset_image)\s", text), path
        for tag, name in NAMED.findall(text):
            named[tag].add(name)
    assert named["picture"] == set(PICTURE_SIZES)
    assert named["rendition"] == set(SINGLE_SIZES)
