"""What pages look like: kept under var/screenshots/, and measured."""

import re
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parent.parent.parent / "var" / "screenshots"
WIDTHS = (320, 768, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# Pictures further down load when somebody scrolls there: a full picture of the page needs them.
LOAD_ALL_PICTURES = """async () => {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
}"""
# What is far below is not laid out, so that nothing of it can be too wide, until this is said.
LAY_ALL_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important; }");
  document.adoptedStyleSheets = [sheet];
}"""
# Colors and sizes may change in transitions, one after the other down the tree.
SETTLE = """async () => {
  await document.fonts.ready;
  const nextFrame = () => new Promise(requestAnimationFrame);
  do {
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
    await nextFrame();
    await nextFrame();
  } while (document.getAnimations().length);
}"""
SIDEWAYS = """() => {
  const root = document.documentElement;
  return root.scrollWidth - root.clientWidth;
}"""

# A price that is broken over two lines reads as another price.
BROKEN_AMOUNTS = """() => {
  const lines = (element) => {
    const bottoms = new Set();
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
      if (node.parentElement.closest(".visually-hidden")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) bottoms.add(Math.round(box.bottom));
    }
    return bottoms.size;
  };
  const amounts = document.querySelectorAll(
    ".price__now, .price__former, .totals dd, .summary-lines__amount",
  );
  return [...amounts].filter((one) => lines(one) > 1).map((one) => one.textContent.trim());
}"""


def keep_screen(page: Page, name: str, *, full_page: bool = False) -> None:
    """A picture of what a person sees now; of the whole page, also what is further down."""
    page.screenshot(path=path_of(name), type="jpeg", quality=80, full_page=full_page)


def look_at_every_width(page: Page, name: str) -> list[str]:
    """Keeps a picture of the whole page at each width, light and dark; returns what
    measure_every_width does."""
    page.evaluate(LAY_ALL_OUT)
    page.evaluate(LOAD_ALL_PICTURES)
    for width in WIDTHS:
        resize(page, width)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.evaluate(SETTLE)
            keep_screen(page, f"{name}-{width}-{scheme}", full_page=True)
    return measure_every_width(page, name)


def measure_every_width(page: Page, name: str) -> list[str]:
    """A sentence for each width at which the page can be scrolled sideways, and for each amount
    that does not stand on one line."""
    problems = []
    page.evaluate(LAY_ALL_OUT)
    for width in WIDTHS:
        resize(page, width)
        if excess := page.evaluate(SIDEWAYS):
            problems.append(f"{name} is {excess} px wider than a window of {width} px.")
        problems += [
            f"{name} breaks “{amount}” at {width} px." for amount in page.evaluate(BROKEN_AMOUNTS)
        ]
    return problems


def resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(SETTLE)


def path_of(name: str) -> Path:
    assert re.fullmatch(r"[a-z0-9-]+", name), name
    return FOLDER / f"{name}.jpeg"
