"""axe-core in a page that stands open: what its rules find, in words."""

from collections.abc import Iterable, Mapping, Sequence

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = "color-contrast"
LINKS_IN_TEXT = "link-in-text-block"
LOOKS = (CONTRAST, LINKS_IN_TEXT, "target-size")
IN_WORDS = """window.inWords = ({ id, help, nodes }) => nodes.map((node) => ({
  rule: id, help, target: node.target.flat().join(" "), html: node.html.slice(0, 160),
  why: [...node.any, ...node.all, ...node.none].map((check) => check.message).join(" "),
}));"""
RUN = """async ([without, only, rules]) => {
  const found = await axe.run({ exclude: without.map((selector) => [selector]) }, {
    runOnly: only, rules, resultTypes: ["violations"], preload: false, iframes: false,
  });
  return found.violations.flatMap(inWords);
}"""


def run_axe(page: Page, *, without: Sequence[str] = (), rules: Sequence[str] = ()) -> list[str]:
    """A sentence for each element that breaks a rule; `without` names parts that are not ours.

    Without `rules`, all are asked but the one about contrast: see tests.browser.contrast."""
    provide_axe(page)
    if rules:
        return sentences(
            page.evaluate(RUN, [list(without), {"type": "rule", "values": list(rules)}, {}])
        )
    chosen = {"target-size": {"enabled": True}, CONTRAST: {"enabled": False}}
    return sentences(page.evaluate(RUN, [list(without), {"type": "tag", "values": TAGS}, chosen]))


def provide_axe(page: Page) -> None:
    """Through the browser's own door: no policy of the page's applies."""
    if not page.evaluate("() => 'inWords' in window"):
        page.evaluate(f"{AXE_SCRIPT};{IN_WORDS};null")


def sentences(nodes: Iterable[Mapping[str, str]]) -> list[str]:
    return [
        f"{each['rule']}: {each['help']}: {each['target']} ({each['html']}) {each['why']}"
        for each in nodes
    ]
