from io import BytesIO

import pytest
from PIL import Image

from shopsite.lib.average_color import average_color


def file_of(image: Image.Image, kind: str) -> BytesIO:
    file = BytesIO()
    image.save(file, kind)
    return file


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "JPEG"])
def test_a_plain_picture_is_its_own_color(kind: str) -> None:
    color = average_color(file_of(Image.new("RGB", (300, 200), "#804020"), kind))
    red, green, blue = (int(color[n : n + 2], 16) for n in (1, 3, 5))
    assert abs(red - 0x80) <= 3
    assert abs(green - 0x40) <= 3
    assert abs(blue - 0x20) <= 3


def test_two_halves_meet_in_the_middle() -> None:
    image = Image.new("RGB", (200, 100), "#000000")
    image.paste("#ffffff", (100, 0, 200, 100))
    assert average_color(file_of(image, "PNG")) in {"#7f7f7f", "#808080"}


def test_gray_and_printed_pictures_have_a_color_too() -> None:
    assert average_color(file_of(Image.new("L", (50, 50), 100), "PNG")) == "#646464"
    assert average_color(file_of(Image.new("CMYK", (50, 50), (0, 0, 0, 0)), "JPEG")) == "#ffffff"


def test_a_picture_with_holes_and_what_is_no_picture_have_none() -> None:
    assert average_color(file_of(Image.new("RGBA", (50, 50), (9, 9, 9, 0)), "PNG")) == ""
    assert average_color(BytesIO(b"<svg/>")) == ""
    assert average_color(file_of(Image.new("RGB", (50, 50)), "PNG").__class__(b"\x89PNG")) == ""


def test_the_file_is_left_at_its_beginning() -> None:
    file = file_of(Image.new("RGB", (50, 50)), "PNG")
    file.seek(20)
    average_color(file)
    assert file.tell() == 0
