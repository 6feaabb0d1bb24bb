"""Every size in which the shop shows a picture: the one place where they are named.

Templates ask for a name (`{% shop_picture %}`, `{% shop_rendition %}`), and so does the job that
makes pictures in the background. Those that are shown alike share their crops, so that a picture is
made once for all of them.
"""

from dataclasses import dataclass

# The best first: a browser takes the first that it knows. JPEG is for the very few that know
# neither of the others, and one is enough for them.
NEW_FORMATS = ("avif", "webp")
OLD_FORMAT = "jpeg"


@dataclass(frozen=True)
class PictureSize:
    """`crops` are filters of Wagtail's from the narrowest to the widest; those that fill a shape
    keep the focal point in it. `sizes` says how wide it stands in a window, as HTML has it."""

    crops: tuple[str, ...]
    sizes: str

    @property
    def filters(self) -> list[str]:
        """What has to be there before anybody sees a picture in this size."""
        new = [f"format-{name}|{crop}" for name in NEW_FORMATS for crop in self.crops]
        return [*new, f"format-{OLD_FORMAT}|{self.crops[-1]}"]


# What opens a page is as wide as a phone: 800 pixels are enough for most of them, and half of 1200.
THUMBNAIL = ("fill-160x200", "fill-400x500")
PORTRAIT = ("fill-400x500", "fill-640x800")
LARGE_PORTRAIT = ("fill-800x1000", "fill-1200x1500")
SMALL_LANDSCAPE = ("fill-240x180", "fill-480x360")
LANDSCAPE = ("fill-480x360", "fill-960x720")
PLAIN = ("width-800", "width-1200")
LARGE_PLAIN = ("width-800", "width-1200", "width-1600")

THREE_COLUMNS = "(min-width: 68rem) 25rem, (min-width: 44rem) 46vw, 92vw"
WHOLE_WIDTH = "(min-width: 86rem) 78rem, 94vw"

PICTURE_SIZES = {
    "buy-box": PictureSize(PORTRAIT, "(min-width: 48rem) 18rem, 90vw"),
    "cart-line": PictureSize(THUMBNAIL, "7rem"),
    "collection-card": PictureSize(LANDSCAPE, THREE_COLUMNS),
    "collection-lead": PictureSize(
        ("fill-800x600", "fill-1280x960"), "(min-width: 86rem) 40rem, (min-width: 56rem) 50vw, 94vw"
    ),
    "collection-tile": PictureSize(
        ("fill-480x600", "fill-800x1000"), "(min-width: 64rem) 25rem, (min-width: 40rem) 46vw, 92vw"
    ),
    "comparison": PictureSize(PORTRAIT, "(min-width: 48rem) 16rem, 9rem"),
    "gallery": PictureSize(
        LARGE_PORTRAIT, "(min-width: 80rem) 38rem, (min-width: 48rem) 46vw, 94vw"
    ),
    "hero": PictureSize(LARGE_PLAIN, "(min-width: 60rem) 62vw, 100vw"),
    "how-to-step": PictureSize(LANDSCAPE, "(min-width: 64rem) 22rem, 94vw"),
    "look": PictureSize(LARGE_PLAIN, WHOLE_WIDTH),
    "picture-with-text": PictureSize(
        PLAIN, "(min-width: 80rem) 43rem, (min-width: 48rem) 54vw, 94vw"
    ),
    "product-card": PictureSize(
        PORTRAIT, "(min-width: 68rem) 25rem, (min-width: 44rem) 31vw, 46vw"
    ),
    "product-card-block": PictureSize(PORTRAIT, "(min-width: 40rem) 13rem, 38vw"),
    "product-detail": PictureSize(
        LARGE_PORTRAIT, "(min-width: 86rem) 22rem, (min-width: 56rem) 28vw, 94vw"
    ),
    "product-lead": PictureSize(
        LARGE_PORTRAIT, "(min-width: 86rem) 44rem, (min-width: 56rem) 56vw, 94vw"
    ),
    "product-row": PictureSize(THUMBNAIL, "5rem"),
    "search-result": PictureSize(SMALL_LANDSCAPE, "7.5rem"),
    "story-card": PictureSize(("fill-480x320", "fill-960x640"), THREE_COLUMNS),
    "story-lead": PictureSize(LARGE_PLAIN, WHOLE_WIDTH),
    "video": PictureSize(
        ("fill-640x360", "fill-1280x720"), "(min-width: 80rem) 78rem, 94vw"
    ),
}  # fmt: skip

# One file each, for places that take a single address.
SINGLE_SIZES = {
    "logo": "max-480x120",
    "large": "max-2000x2000|format-webp",
    "video-poster": "fill-1280x720|format-jpeg",
}
