"""The one color that a picture is from afar: what stands in its place until it has arrived."""

from typing import IO

from PIL import Image, UnidentifiedImageError

SAMPLE = (64, 64)


def average_color(file: IO[bytes]) -> str:
    """As "#c8b9a4". Empty for what is no picture, and for one with holes, through which the color
    would go on showing. Leaves the file at its beginning."""
    file.seek(0)
    try:
        with Image.open(file) as picture:
            if picture.has_transparency_data:
                return ""
            picture.draft("RGB", SAMPLE)  # A JPEG is not read larger than needed.
            whole = picture.convert("RGB").resize((1, 1), Image.Resampling.BOX)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return ""
    finally:
        file.seek(0)
    return f"#{whole.tobytes().hex()}"
