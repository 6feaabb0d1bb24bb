"""Copies of the demo's pictures that are quick to make the sizes of."""

from pathlib import Path

from PIL import Image

LONGEST_SIDE = 400


def shrink_pictures(source: Path, target: Path, *, longest_side: int = LONGEST_SIDE) -> None:
    """Writes each JPEG of a folder to another one, which is made if it is not there."""
    target.mkdir(exist_ok=True)
    for path in source.glob("*.jpg"):
        with Image.open(path) as picture:
            picture.draft("RGB", (longest_side, longest_side))
            picture.thumbnail((longest_side, longest_side))
            picture.save(target / path.name, quality=85)
