"""Every block of the library with the value of its preview, on each of its grounds, and blocks of
products in each state that a product can be in."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from home.styleguide.specimens import Drawn
from products.blocks import StoryStreamBlock
from products.previews import SCENARIO_LABELS
from products.scenarios import imagining
from shopsite.cms.blocks import SHOP
from shopsite.cms.blocks.settings import THEMES
from shopsite.cms.navigation_blocks import FooterStreamBlock

FRAME = "blocks/frame.html"
WORDS = mark_safe("<p>The frame around each block carries out its settings.</p>")  # nosec
FOOTER_VALUES = {"text": {"heading": "Visit us", "text": "<p>Gartenweg 3, Berlin</p>"}}


def draw_blocks(request: HttpRequest) -> Iterator[Drawn]:
    stream = StoryStreamBlock()
    yield _frame()
    for name, block in stream.child_blocks.items():
        states = [("", _render(stream, name, request))]
        if block.meta.group == SHOP:
            for scenario, label in SCENARIO_LABELS.items():
                with imagining(scenario):
                    states.append((str(label), _render(stream, name, request)))
        yield Drawn(str(block.label), block.meta.template, tuple(states))
    yield from _footer_blocks(request)


def _render(stream: StoryStreamBlock, name: str, request: HttpRequest) -> SafeString:
    """As a page would: within a stream, so that frame and shelf are there."""
    value = stream.normalize([(name, stream.child_blocks[name].get_preview_value())])
    return SafeString(value.render_as_block({"request": request, "page": None}))  # nosec


def _wrap(html: SafeString) -> SafeString:
    """As a stream wraps each of its blocks."""
    return format_html('<div class="specimen__block">{}</div>', html)


def _frame() -> Drawn:
    """A block on each ground that can be chosen."""
    states = []
    for theme, label in THEMES.items():
        context = {"theme": theme, "width": "text", "spacing": "normal", "content": WORDS}
        states.append((str(label), _wrap(render_to_string(FRAME, context))))
    return Drawn("Frame", FRAME, tuple(states))


def _footer_blocks(request: HttpRequest) -> Iterator[Drawn]:
    for name, block in FooterStreamBlock().child_blocks.items():
        if getattr(block.meta, "template", None):
            value = FOOTER_VALUES.get(name) or block.get_preview_value()
            html = SafeString(block.render(block.normalize(value), {"request": request}))  # nosec
            yield Drawn(f"Footer: {block.label}", block.meta.template, (("", _wrap(html)),))
