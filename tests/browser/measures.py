"""What can be measured in a page that stands open, beyond what axe-core knows."""

from playwright.sync_api import Page

from tests.browser.screens import BROKEN_AMOUNTS, SIDEWAYS

NARROWEST = 320
REPEATED_IDS = """() => {
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  return [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))];
}"""
OUTLINE = """() => ({
  mains: document.querySelectorAll("main").length,
  headings: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter((heading) => heading.checkVisibility())
    .map((heading) => [Number(heading.tagName[1]), heading.textContent.trim()]),
})"""
# WCAG 1.4.12. A sheet that is made by a script is under no policy about styles.
SPACE_TEXT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
UNSPACE_TEXT = "() => { document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1); }"
# Text that its own box cuts off. What only ears are to find is a pixel large within its border, and
# a summary that ends after some lines says so with an ellipsis.
CLIPPED_TEXT = """() => {
  const HIDDEN = 4;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const clipped = new Set();
  const range = document.createRange();
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!text.data.trim() || !text.parentElement.checkVisibility()) continue;
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    for (let around = text.parentElement; around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (style.position === "fixed") break;
      const frame = around.getBoundingClientRect();
      if (Math.min(frame.width, frame.height) <= HIDDEN) break;
      if (style.webkitLineClamp !== "none") break;
      const cutsX = ["hidden", "clip"].includes(style.overflowX);
      const cutsY = ["hidden", "clip"].includes(style.overflowY);
      const outX = box.right > frame.right + 1 || box.left < frame.left - 1;
      const outY = box.bottom > frame.bottom + 2 || box.top < frame.top - 2;
      if ((cutsX && outX) || (cutsY && outY)) {
        clipped.add(text.data.trim().slice(0, 60));
        break;
      }
    }
  }
  return [...clipped];
}"""


def measure_layout(page: Page, width: int) -> list[str]:
    """What does not fit into a window of this width, which the page already has."""
    problems = []
    if excess := page.evaluate(SIDEWAYS):
        problems.append(f"is {excess} px wider than a window of {width} px")
    problems += [f"breaks “{amount}” at {width} px" for amount in page.evaluate(BROKEN_AMOUNTS)]
    problems += [f"cuts “{text}” off at {width} px" for text in page.evaluate(CLIPPED_TEXT)]
    return problems


def measure_spaced_text(page: Page, width: int) -> list[str]:
    """The same with as much space in the text as WCAG 1.4.12 lets a reader ask for."""
    page.evaluate(SPACE_TEXT)
    problems = []
    if excess := page.evaluate(SIDEWAYS):
        problems.append(f"is {excess} px wider than {width} px when its text is spaced")
    problems += [
        f"cuts “{text}” off at {width} px when it is spaced" for text in page.evaluate(CLIPPED_TEXT)
    ]
    page.evaluate(UNSPACE_TEXT)
    return problems


def measure_outline(page: Page) -> list[str]:
    """One h1, no level of headings left out, one main, and each id once."""
    outline = page.evaluate(OUTLINE)
    levels = [level for level, _text in outline["headings"]]
    problems = [f"has the id {name!r} twice" for name in page.evaluate(REPEATED_IDS)]
    if levels.count(1) != 1:
        problems.append(f"has {levels.count(1)} headings of the first level")
    problems += [
        f"goes from a heading of level {before} to “{text}” of level {level}"
        for before, (level, text) in zip(levels, outline["headings"][1:], strict=False)
        if level > before + 1
    ]
    if outline["mains"] != 1:
        problems.append(f"has {outline['mains']} main parts")
    return problems
