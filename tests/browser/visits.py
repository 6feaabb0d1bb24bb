"""Walks through the site once with everything that measures, and remembers what was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from playwright.sync_api import Browser, Page, Response

from tests.browser.axe import LINKS_IN_TEXT, run_axe
from tests.browser.contrast import Contrasts
from tests.browser.measures import (
    NARROWEST,
    measure_layout,
    measure_outline,
    measure_spaced_text,
)
from tests.browser.pages import Walk, Walker
from tests.browser.running_shop import RunningShop
from tests.browser.screens import LAY_ALL_OUT, SCHEMES, WIDTHS
from tests.browser.visitors import Visitors

# Parts of the admin that are Wagtail's own markup, each with what is wrong with it in 8.0.
NOT_OURS = {
    "[data-draftail-editor-wrapper]": "the editing field of rich text has no name",
    ".ui-autocomplete-input": "the field for another tag has no name",
    ".w-minimap": "a button of the minimap is too pale on dark",
    ".w-minimap__collapse-all": "the same button",
    ".page-status-tag": "a page's state is too pale on dark",
    '[id^="block_group-"]': "a nested panel is named like its neighbor",
    '.nice-padding > p > a[href$="/new/"]': "a link in an empty list is not underlined",
}
SETTLE = """() => document.getAnimations()
  .filter((one) => one instanceof CSSTransition).forEach((one) => one.finish())"""
SHOWN = """() => [...document.querySelectorAll("*")].map((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return [one.checkVisibility(), x, y, width, height];
}).join()"""
WINDOW = {"width": 1440, "height": 900}
HEIGHT = 900


@dataclass
class Visit:
    """One page in one state. `html` is what the server sent; the findings are sentences."""

    name: str
    title: str
    html: str
    cache_control: str
    axe: list[str] = field(default_factory=list)
    layout: list[str] = field(default_factory=list)


def visit_all(walks: Iterable[Walk], browser: Browser, shop: RunningShop) -> list[Visit]:
    """Raises AssertionError when a page said or did something wrong on the way."""
    visitors = Visitors(browser, shop)
    contrasts = Contrasts()
    visits = []
    for walk in walks:
        page, watch = visitors.arrive_watched(viewport=WINDOW)
        answers: list[Response] = []
        page.on("response", partial(keep_if_page, answers))
        for name in walk(Walker(page, watch, shop.stage)):
            visit = begin_visit(page, name, answers[-1])
            examine = examine_admin if name.startswith("admin-") else examine_shop
            examine(page, visit, contrasts)
            visits.append(visit)
            page.set_viewport_size(WINDOW)
    assert visitors.leave() == []
    return visits


def keep_if_page(answers: list[Response], response: Response) -> None:
    request = response.request
    is_redirect = 300 <= response.status < 400
    if request.is_navigation_request() and request.frame.parent_frame is None and not is_redirect:
        answers.append(response)


def begin_visit(page: Page, name: str, answer: Response) -> Visit:
    cache_control = answer.headers.get("cache-control", "")
    return Visit(name, page.title(), answer.text(), cache_control)


def examine_shop(page: Page, visit: Visit, contrasts: Contrasts) -> None:
    page.evaluate(LAY_ALL_OUT)
    visit.layout += measure_outline(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        visit.layout += measure_layout(page, width)
        if width == NARROWEST:
            visit.layout += measure_spaced_text(page, width)
        examine_schemes(page, visit, contrasts, width)


def examine_admin(page: Page, visit: Visit, contrasts: Contrasts) -> None:
    """A clerk sits at a desk, and answers a question with a phone in the other hand."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        examine_schemes(page, visit, contrasts, width, without=list(NOT_OURS))


def examine_schemes(
    page: Page, visit: Visit, contrasts: Contrasts, width: int, without: Sequence[str] = ()
) -> None:
    """With all rules; where the same is shown as before, with those that a color can break."""
    seen = set()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLE)  # Wagtail's buttons take a moment to change their colors.
        shown = page.evaluate(SHOWN)
        found = run_axe(page, without=without, rules=[LINKS_IN_TEXT] if shown in seen else ())
        found += contrasts.judge(page, without=without)
        note_axe(visit, found, f"{width} {scheme}")
        seen.add(shown)


def note_axe(visit: Visit, found: list[str], where: str) -> None:
    """What is wrong at several widths is told once."""
    known = {each.partition(" at ")[0] for each in visit.axe}
    visit.axe += [f"{each} at {where}" for each in found if each not in known]


def told(visits: list[Visit], about: str) -> list[str]:
    return [f"{visit.name}: {each}" for visit in visits for each in getattr(visit, about)]
