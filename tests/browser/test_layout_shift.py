"""Nothing moves under a reader's eyes when a page opens, nor when its script arrives late."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.shopper import Shopper
from tests.browser.test_layout import PUBLIC_PAGES
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

PHONE, DESK = (412, 823), (1280, 900)
# As if the first screen, too, were laid out later and taken to be lower than it is until then.
ESTIMATE = ".block__inner { content-visibility: auto; contain-intrinsic-block-size: auto 20rem; }"
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
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
TWO_FRAMES = "() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))"
PUSH_DOWN = """() => {
  const box = document.createElement("div");
  box.textContent = "Late";
  box.className = "page-head";
  document.body.prepend(box);
}"""


def keep_the_first_letters(page: Page) -> None:
    """Letters that come after the first paint are not shown then: they have tests of their own."""

    def without_swap(route: Route) -> None:
        answer = route.fetch()
        text = re.sub(r"font-display:\s*swap", "font-display: optional", answer.text())
        route.fulfill(response=answer, body=text)

    page.route("**/site*.css", without_swap)


def open_with_late_script(page: Page, address: str, size: tuple[int, int]) -> Callable[[], None]:
    """The page as it is painted before its script arrived; answers with what lets it arrive."""
    held: list[Route] = []
    keep_the_first_letters(page)
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


@pytest.mark.parametrize("address", ["/cart/", "/checkout/"])
def test_nothing_moves_when_the_script_arrives_on_the_way_to_pay(page: Page, address: str) -> None:
    Shopper(page).add_to_cart("linen-tea-towel", option="Oat")
    stop_animations(page)
    arrive = open_with_late_script(page, address, PHONE)
    arrive()
    assert page.evaluate("() => window.shifts") == []


def shifts_by_late_letters(page: Page, address: str, size: tuple[int, int]) -> list[object]:
    """What moves when a page has been painted with the fonts that stand in for its own."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.add_init_script(WATCH)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.route("**/*.woff2", hold)
    page.goto(address, wait_until="commit")
    page.wait_for_function(FIRST_PAINT)
    assert held
    for route in held:
        route.continue_()
    page.wait_for_load_state("load")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.evaluate(TWO_FRAMES)
    shifts: list[object] = page.evaluate("() => window.shifts")
    return shifts


@pytest.mark.services("fonts")
@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize(
    "address", ["/shop/", "/collections/tea/", "/shop/speckled-mug/", "/cart/"]
)
def test_nothing_moves_when_the_letters_arrive_late(
    page: Page, address: str, size: tuple[int, int]
) -> None:
    assert shifts_by_late_letters(page, address, size) == []


@pytest.mark.services("fonts")
def test_without_the_fonts_that_stand_in_late_letters_would_move_a_page(page: Page) -> None:
    def forget_them(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r"local\([^)]*\)", "local(None)", answer.text()))

    page.route("**/site*.css", forget_them)
    assert shifts_by_late_letters(page, "/shop/", PHONE) != []


@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("address", [*PUBLIC_PAGES.values(), "/search/?q=tea"])
def test_nothing_moves_when_a_page_opens(page: Page, address: str, size: tuple[int, int]) -> None:
    """But for late letters, with which a large heading may take a line less."""
    keep_the_first_letters(page)
    page.add_init_script(WATCH)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address)
    page.evaluate(TWO_FRAMES)
    assert page.evaluate("() => window.shifts") == []


def test_a_first_screen_that_is_only_estimated_would_be_seen(page: Page) -> None:
    page.add_init_script(WATCH)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})

    def estimate(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + ESTIMATE)

    page.route("**/site*.css", estimate)
    page.goto("/")
    page.evaluate(TWO_FRAMES)
    assert page.evaluate("() => window.shifts.length") > 0


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
