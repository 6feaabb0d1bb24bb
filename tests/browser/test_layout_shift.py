"""Nothing moves under a reader's eyes when the script arrives late."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

PHONE, DESK = (412, 823), (1280, 900)
SCRIPT = "**/static/js/site*.js"
WATCH = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const moved = entry.sources.map(({ node }) => node?.className || node?.nodeName);
      window.shifts.push([entry.value, ...moved]);
    }
  }).observe({ type: "layout-shift", buffered: true });
"""
# `document.fonts.ready` would wait for the script as well.
LETTERS_ARE_ON_THEIR_WAY = "() => [...document.fonts].some(({ status }) => status === 'loading')"
TWO_FRAMES = "() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))"
PUSH_DOWN = """() => {
  const box = document.createElement("div");
  box.textContent = "Late";
  box.className = "page-head";
  document.body.prepend(box);
}"""


def open_with_late_script(page: Page, address: str, size: tuple[int, int]) -> Callable[[], None]:
    """The page as it is painted before its script arrived; answers with what lets it arrive."""
    held: list[Route] = []
    page.add_init_script(WATCH)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.route(SCRIPT, lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    expect(page.get_by_role("contentinfo")).to_be_attached()
    while page.evaluate(LETTERS_ARE_ON_THEIR_WAY):
        page.wait_for_timeout(50)
    page.evaluate(TWO_FRAMES)

    def arrive() -> None:
        held.pop().continue_()
        page.wait_for_load_state("load")
        page.evaluate(TWO_FRAMES)

    return arrive


def stop_animations(page: Page) -> None:
    """What is shown only where no script comes would appear after some seconds, and on a busy
    machine the script of a test takes as long."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Animation.enable")
    devtools.send("Animation.setPlaybackRate", {"playbackRate": 0})


@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("address", ["/search/?q=tea", "/collections/tea/", "/shop/speckled-mug/"])
def test_nothing_moves_when_the_script_arrives(
    page: Page, address: str, size: tuple[int, int]
) -> None:
    stop_animations(page)
    arrive = open_with_late_script(page, address, size)
    arrive()
    assert page.evaluate("() => window.shifts") == []


def test_what_moves_would_be_seen(page: Page) -> None:
    arrive = open_with_late_script(page, "/collections/tea/", PHONE)
    arrive()
    page.evaluate(PUSH_DOWN)
    page.evaluate(TWO_FRAMES)
    assert page.evaluate("() => window.shifts.length") > 0


def test_the_button_of_the_order_is_there_where_the_script_never_comes(page: Page) -> None:
    open_with_late_script(page, "/collections/tea/", DESK)
    button = page.get_by_role("button", name="Sort", exact=True)
    expect(button).to_be_hidden()
    expect(button).to_be_visible(timeout=8000)


def test_the_button_of_the_order_is_there_without_scripts(visitors: Visitors) -> None:
    page = visitors.arrive(java_script_enabled=False)
    page.goto("/collections/tea/")
    expect(page.get_by_role("button", name="Sort", exact=True)).to_be_visible()
