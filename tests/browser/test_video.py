"""A video of the shop's own: nothing of it is asked for before somebody wants to see it."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

PAGE_WITH_VIDEO = "/campaigns/spring-firing/"
TITLE = "A kettle in the garden, seen slowly"
CAPTIONS = ["(Water hums in an iron kettle.)", "(A cup is filled. Birds.)"]
HAVE_FUTURE_DATA = 3
# Native controls are no elements of the page; this is the middle of their first button.
PLAY_FROM_LEFT, PLAY_FROM_BOTTOM = 32, 40


def note_documents(page: Page) -> list[str]:
    """Grows by the name of each file of the documents that the browser asks for."""
    names: list[str] = []

    def note(address: str) -> None:
        path = urlsplit(address).path
        if path.startswith("/documents/"):
            names.append(path.rsplit("/", 1)[-1].partition(".")[2])

    page.on("request", lambda request: note(request.url))
    return names


def open_video(page: Page) -> Locator:
    page.goto(PAGE_WITH_VIDEO)
    video = page.get_by_label(TITLE)
    video.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    return video


def press_play(video: Locator) -> None:
    box = video.bounding_box()
    assert box is not None
    video.click(position={"x": PLAY_FROM_LEFT, "y": box["height"] - PLAY_FROM_BOTTOM})


def test_a_video_is_asked_for_when_somebody_plays_it_and_has_captions(visitors: Visitors) -> None:
    page = visitors.arrive()
    documents = note_documents(page)
    video = open_video(page)
    expect(video).to_have_js_property("paused", value=True)
    expect(video).to_have_js_property("readyState", 0)
    assert [name for name in documents if name.endswith("webm")] == []

    press_play(video)

    expect(video).to_have_js_property("paused", value=False)
    handle = video.element_handle()
    page.wait_for_function("video => video.currentTime > 0.5", arg=handle)
    assert video.evaluate("video => video.readyState") >= HAVE_FUTURE_DATA
    assert video.evaluate("video => video.videoWidth") > 0
    assert "webm" in documents
    page.wait_for_function("video => video.textTracks[0].cues?.length", arg=handle)
    cues = "video => [...video.textTracks[0].cues].map(cue => cue.text)"
    assert video.evaluate(cues) == CAPTIONS
    assert video.evaluate("video => video.textTracks[0].mode") == "showing"
    later = video.evaluate("video => video.currentTime")
    page.wait_for_function("([video, then]) => video.currentTime > then", arg=[handle, later])


def test_a_video_plays_without_javascript(visitors: Visitors) -> None:
    page = visitors.arrive(java_script_enabled=False)
    documents = note_documents(page)
    video = open_video(page)
    assert [name for name in documents if name.endswith("webm")] == []
    with page.expect_response(re.compile(r"/documents/.*\.webm$")) as answer:
        press_play(video)
    assert answer.value.status in {200, 206}
    assert answer.value.headers["content-type"] == "video/webm"
