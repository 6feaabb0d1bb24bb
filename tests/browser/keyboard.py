"""A shopper without a mouse: Tab, Enter and the arrows, and what has the focus must be seen."""

from playwright.sync_api import Page

MOST_TABS = 30  # More between two things that belong together is a way nobody goes.

NAME_OF_FOCUSED = """() => {
  const found = document.activeElement;
  const label = found.labels?.[0];
  return (found.ariaLabel ?? label?.innerText ?? found.innerText ?? "").trim();
}"""
# An outline or a shadow that is there because of the focus; a radio's may stand on its label.
SHOWS_FOCUS = """() => {
  const found = document.activeElement;
  const shown = [found, found.closest("label"), found.nextElementSibling].filter(Boolean);
  return shown.some((element) => {
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return outlined || style.boxShadow !== "none";
  });
}"""


def tab_to(page: Page, name: str, *, most: int = MOST_TABS) -> int:
    """Presses Tab until something with this name has the focus, which every stop must show.
    Returns how many stops it took."""
    page.wait_for_load_state()
    stops: list[str] = []
    for _number in range(most):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(NAME_OF_FOCUSED))
        assert page.evaluate(SHOWS_FOCUS), f"The focus cannot be seen on “{stops[-1]}”."
        if stops[-1].startswith(name):
            return len(stops)
    raise AssertionError(f"Tab does not lead to “{name}”, only to {stops}.")


def press_enter_on(page: Page, name: str, *, most: int = MOST_TABS) -> int:
    stops = tab_to(page, name, most=most)
    page.keyboard.press("Enter")
    return stops
