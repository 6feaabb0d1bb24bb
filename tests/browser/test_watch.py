"""The checks that all other tests lean on find what they look for."""

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.contrast import Contrasts
from tests.browser.screens import SIDEWAYS
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser

SITE = "http://shop.test"
POLICY = {"Content-Security-Policy": "default-src 'self'; img-src 'self' http://elsewhere.test"}


def problems_of(browser: Browser, html: str, *, java_script: bool = True) -> list[str]:
    """What the watch says of a page with this content and a strict policy."""

    def answer(route: Route) -> None:
        if route.request.url == f"{SITE}/":
            route.fulfill(content_type="text/html", headers=POLICY, body=html)
        elif route.request.url == f"{SITE}/fails.js":
            body = "console.error('Something is wrong.'); throw new Error('Stopped.');"
            route.fulfill(content_type="text/javascript", body=body)
        elif route.request.url.startswith(SITE):
            route.fulfill(status=404)
        else:
            route.fulfill(content_type="image/svg+xml", body="<svg/>")

    context = browser.new_context(java_script_enabled=java_script)
    watch = Watch(context, origins={SITE})
    context.route("**", answer)
    page = context.new_page()
    page.goto(f"{SITE}/")
    page.wait_for_load_state("networkidle")
    context.close()
    return [each for each in watch.problems if "favicon" not in each]


def test_a_good_page_has_no_problems(browser: Browser) -> None:
    assert problems_of(browser, "<title>Good</title><p>Nothing is wrong.</p>") == []


def test_a_console_error_and_a_failing_script_are_problems(browser: Browser) -> None:
    said, stopped = sorted(problems_of(browser, "<script src=/fails.js></script>"))
    assert said.startswith("Console: Something is wrong.")
    assert stopped.startswith("Error in a script: Stopped.")


@pytest.mark.parametrize("java_script", [True, False])
def test_a_violated_policy_is_a_problem_also_without_javascript(
    browser: Browser, java_script: bool
) -> None:
    html = "<p style='color: red'>Styled where it stands.</p>"
    (problem,) = problems_of(browser, html, java_script=java_script)
    assert "Content Security Policy" in problem


def test_a_foreign_host_is_a_problem(browser: Browser) -> None:
    html = "<img src='http://elsewhere.test/counter.svg' alt=''>"
    assert problems_of(browser, html) == [
        "Request to a foreign host: http://elsewhere.test/counter.svg"
    ]


def test_a_missing_file_is_a_problem(browser: Browser) -> None:
    assert problems_of(browser, "<img src='/gone.svg' alt=''>") == [f"Answer 404: {SITE}/gone.svg"]


def test_a_page_that_is_too_wide_is_measured(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 600})
    page.set_content("<style>body { margin: 0 }</style><p style='width: 400px'>Wide</p>")
    assert page.evaluate(SIDEWAYS) == 80


def pale_texts(page: Page, contrasts: Contrasts, body: str) -> int:
    page.set_content(f"<style>p {{ color: #777; margin: 0 }}</style><body>{body}")
    return len(contrasts.judge(page))


def test_a_pale_text_is_found_and_one_like_it_is_known(page: Page) -> None:
    """This gray is too pale on white and on gray, and good on black or when it is large."""
    contrasts = Contrasts()
    assert pale_texts(page, contrasts, "<p>On white</p><p>On white again</p>") == 2
    assert pale_texts(page, contrasts, "<p>On white a third time</p>") == 0
    on_black = "<div style='background: #000'><p>On black</p></div>"
    assert pale_texts(page, contrasts, on_black) == 0
    on_gray = "<div style='background: #bbb'><div><p>On gray</p></div></div>"
    assert pale_texts(page, contrasts, on_gray) == 1
    assert pale_texts(page, contrasts, "<p style='font-size: 24px'>Large enough</p>") == 0


def test_a_text_that_floats_above_others_is_judged_each_time(page: Page) -> None:
    """Its own ancestors do not tell what is below it."""
    contrasts = Contrasts()
    for ground, expected in (("#000", 0), ("#fff", 1), ("#fff", 1)):
        below = f"<div style='background: {ground}; height: 4em'></div>"
        floating = "<p style='position: absolute; top: 1em'>It floats</p>"
        assert pale_texts(page, contrasts, f"{below}{floating}") == expected, ground


def test_a_text_that_nobody_sees_is_judged_when_it_is_shown(page: Page) -> None:
    contrasts = Contrasts()
    assert pale_texts(page, contrasts, "<p style='visibility: hidden'>Hidden</p>") == 0
    assert pale_texts(page, contrasts, "<p>Shown</p>") == 1
