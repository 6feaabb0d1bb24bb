import re
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from PIL import Image

from home.demo.content.campaigns import HOME_BODY, LANDING_PAGES
from home.demo.content.shop import PRODUCTS
from home.demo.content.stories import STORIES
from home.demo.pictures import FOLDER, PICTURES

LIMIT = 250_000  # Bytes of one picture: they lie in the repository.


def names_in(value: Any) -> set[str]:
    """Every file name of a picture somewhere in the content."""
    if isinstance(value, str):
        return {value} if re.fullmatch(r"[a-z-]+\.jpg", value) else set()
    if is_dataclass(value):
        value = [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return set().union(*map(names_in, value))
    return set()


def test_pictures_are_described_shipped_and_used() -> None:
    content = [PRODUCTS, STORIES, LANDING_PAGES, HOME_BODY]
    files = {path.name for path in FOLDER.glob("*.jpg")}
    assert names_in(content) == files == set(PICTURES)


def test_the_credits_say_the_same_as_the_code() -> None:
    credits_page = (FOLDER / "CREDITS.md").read_text()
    rows = re.findall(r"^\| (\S+\.jpg) \| (.+) \|$", credits_page, re.MULTILINE)
    assert dict(rows) == PICTURES


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_picture_has_one_of_the_two_formats_and_is_not_too_heavy(name: str) -> None:
    with Image.open(FOLDER / name) as picture:
        assert picture.size in {(1200, 1500), (1600, 1067)}
    assert (FOLDER / name).stat().st_size < LIMIT
