"""Turns the demo's blocks into what a StreamField holds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail.blocks import StreamBlock, StreamValue

from home.demo.files import find_document
from home.demo.pictures import PICTURES, PictureShelf
from home.demo.shapes import DemoBlock, DocumentRef, FormRef, PageRef, PictureRef, SectionRef
from products.blocks import StoryStreamBlock
from products.models import Section
from shopsite.contact.models import ContactForm

PageFinder = Callable[[str], int | None]


@dataclass(frozen=True)
class References:
    """What blocks point at. `find_page` gives the id of the page with a key, or None, as all of
    them do for what an editor deleted; pictures and files are brought in when they are asked for.
    """

    find_page: PageFinder
    shelf: PictureShelf

    def resolve(self, value: Any) -> Any:
        match value:
            case PageRef(key):
                return self.find_page(key)
            case PictureRef(name):
                image = self.shelf.take(name)
                return {"image": image.pk, "decorative": False, "alt_text": PICTURES[name]}
            case DocumentRef(name):
                return find_document(name).pk
            case FormRef(title):
                return ContactForm.objects.filter(title=title).values_list("pk", flat=True).first()
            case SectionRef(title):
                return Section.objects.filter(title=title).values_list("pk", flat=True).first()
            case dict():
                return {name: self.resolve(part) for name, part in value.items()}
            case list():
                return [self.resolve(part) for part in value]
        return value


def build_stream(
    blocks: Iterable[DemoBlock],
    references: References,
    *,
    stream_block: type[StreamBlock] = StoryStreamBlock,
    name: str = "block",
) -> StreamValue:
    """Blocks keep their ids when the demo is built again. Streams that meet in one page have names
    of their own: their ids must differ there."""
    raw = [
        {
            "type": block.type,
            "value": references.resolve(block.value),
            "id": str(uuid5(NAMESPACE_URL, f"{name}-{number}")),
        }
        for number, block in enumerate(blocks)
    ]
    return stream_block().to_python(raw)
