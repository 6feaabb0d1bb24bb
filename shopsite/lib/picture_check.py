"""What can be known of a picture before anybody works with it."""

import struct
from typing import IO

from PIL import Image, ImageSequence

# What Pillow and its plugins raise of broken files of any kind.
UNREADABLE = (
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)


def count_pixels(file: IO[bytes]) -> int:
    """Of all frames together, by what the head says and without reading any; 0 for what is no
    picture. Raises DecompressionBombError for far too many. Leaves the file at its beginning."""
    file.seek(0)
    try:
        with Image.open(file) as picture:
            return picture.width * picture.height * getattr(picture, "n_frames", 1)
    except UNREADABLE:
        return 0
    finally:
        file.seek(0)


def is_whole_picture(file: IO[bytes]) -> bool:
    """Whether it can be read to its end. That reads every pixel of every frame, so count them
    before; a frame that is larger than the head says is refused. Leaves the file at its beginning.
    """
    file.seek(0)
    try:
        with Image.open(file) as picture:
            for frame in ImageSequence.Iterator(picture):
                frame.load()
    except (*UNREADABLE, Image.DecompressionBombError):
        return False
    finally:
        file.seek(0)
    return True
