from typing import Any

import pytest
from PIL import Image

from shopsite.cms.avif import SPEED
from tests.factories import make_image

pytestmark = pytest.mark.usefixtures("indexes")


@pytest.mark.django_db
def test_the_avif_of_a_picture_is_made_at_the_speed_that_was_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    save, speeds = Image.Image.save, []

    def note_speed(picture: Image.Image, *args: Any, **options: Any) -> None:
        speeds.append(options.get("speed"))
        save(picture, *args, **options)

    image = make_image()
    monkeypatch.setattr(Image.Image, "save", note_speed)
    image.get_rendition("width-30|format-avif")
    assert speeds == [SPEED]
