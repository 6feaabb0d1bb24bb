"""What `manage.py check --deploy` says about folders."""

from pathlib import Path
from typing import Any

import pytest

from shopsite.checks import check_production_settings


@pytest.mark.parametrize(
    ("private", "is_wrong"),
    [("media/papers", True), ("media", True), ("private", False), ("media-private", False)],
)
def test_papers_must_not_lie_where_pictures_are_served(
    settings: Any, tmp_path: Path, private: str, *, is_wrong: bool
) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.PRIVATE_ROOT = str(tmp_path / private)
    found = {message.id for message in check_production_settings(None)}
    assert ("shopsite.E005" in found) == is_wrong
