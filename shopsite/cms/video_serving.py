"""Parts of a video, for browsers that ask for parts: some play nothing otherwise.

Wagtail serves a document as a whole. It has checked who may have it by the time this is asked.
"""

import re

from django.http import HttpRequest, HttpResponse
from wagtail.documents.models import AbstractDocument

from shopsite.cms.blocks.video import VIDEO_TYPES

ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)
LARGEST_PART = 1024 * 1024  # Kept in memory; a browser that wanted more asks for the rest.


def serve_part(document: AbstractDocument, request: HttpRequest) -> HttpResponse | None:
    """A 206 with the bytes that were asked for, or the first of them, and a 416 if there are none;
    None when the whole file is wanted, several ranges are, or it is no video."""
    content_type = VIDEO_TYPES.get(document.file_extension.lower())
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if not content_type or not asked or not any(asked.groups()):
        return None
    size = document.file.size
    first, last = _bounds(asked[1], asked[2], size)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    last = min(last, first + LARGEST_PART - 1)
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Range": f"bytes {first}-{last}/{size}",
        "X-Content-Type-Options": "nosniff",
    }
    with document.file.open("rb") as file:
        file.seek(first)
        content = file.read(last - first + 1)
    return HttpResponse(content, status=206, content_type=content_type, headers=headers)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """Both included. Without a first byte it is the last so many."""
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
