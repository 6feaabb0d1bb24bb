"""axe-core in a page that stands open: what its rules find, in words."""

from collections.abc import Sequence

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLORS = ("color-contrast", "link-in-text-block")
LOOKS = (*COLORS, "target-size")
RUN = """async ([without, only]) => {
  const found = await axe.run({ exclude: without.map((selector) => [selector]) }, {
    runOnly: only, resultTypes: ["violations"], preload: false, iframes: false,
    rules: only.type === "tag" ? { "target-size": { enabled: true } } : {},
  });
  return found.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => ({
    rule: id, help, target: node.target.flat().join(" "), html: node.html.slice(0, 160),
    why: [...node.any, ...node.all, ...node.none].map((check) => check.message).join(" "),
  })));
}"""


def run_axe(page: Page, *, without: Sequence[str] = (), rules: Sequence[str] = ()) -> list[str]:
    """A sentence for each element that breaks a rule; `without` names parts that are not ours.
    `rules` is for what is no page of a site, such as a mail, or looked at a second time."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(
            f"{AXE_SCRIPT};null"
        )  # Through the browser's own door: no policy of the page's applies.
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
    return [
        f"{each['rule']}: {each['help']}: {each['target']} ({each['html']}) {each['why']}"
        for each in page.evaluate(RUN, [list(without), only])
    ]
