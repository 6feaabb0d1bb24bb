"""What the small scripts of blocks add, and that nothing is missing without them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.mailbox import open_mail
from tests.browser.visitors import Visitors

pytestmark = pytest.mark.browser

STORY_WITH_GALLERY = "/stories/matcha-in-four-minutes/"
SUBJECT = "Please confirm: the newsletter of Fern & Kettle"
TIME_TO_TYPE_MS = 2_500  # Faster than this is no person.


def ask_for_the_newsletter(page: Page, address: str) -> None:
    page.goto("/newsletter/")
    form = page.get_by_role("main")
    form.get_by_label("E-mail").fill(address)
    page.wait_for_timeout(TIME_TO_TYPE_MS)
    form.get_by_role("button", name="Sign up").click()


def test_signing_up_stays_on_the_page_and_the_mail_leads_to_a_button(visitors: Visitors) -> None:
    page = visitors.arrive()
    page.goto("/newsletter/")
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("alert")).to_contain_text("Please enter your e-mail address.")
    expect(page.get_by_role("alert")).to_be_focused()
    ask_for_the_newsletter(page, "ada@example.com")
    expect(page.get_by_role("status")).to_contain_text("We have sent a mail")
    assert page.url.endswith("/newsletter/")

    open_mail(page, SUBJECT, to="ada@example.com")
    [path] = re.findall(r"/newsletter/\S+/confirm/", page.content())[:1]
    page.goto(path)
    page.get_by_role("button", name="Yes, subscribe").click()
    expect(page.get_by_text("The newsletter goes to ada@example.com")).to_be_visible()


def test_signing_up_without_javascript_leads_to_the_same_words(visitors: Visitors) -> None:
    page = visitors.arrive(java_script_enabled=False)
    ask_for_the_newsletter(page, "bob@")
    expect(page.get_by_text("Enter a valid email address.").first).to_be_visible()
    expect(page.get_by_role("main").get_by_label("E-mail")).to_have_value("bob@")
    ask_for_the_newsletter(page, "bob@example.com")
    expect(page.get_by_text("We have sent a mail")).to_be_visible()
    assert page.url.endswith("/newsletter/thanks/")


def test_a_gallery_opens_large_is_moved_through_and_gives_the_focus_back(
    visitors: Visitors,
) -> None:
    page = visitors.arrive()
    page.goto(STORY_WITH_GALLERY)
    links = page.locator("[data-large]")
    count = links.count()
    links.first.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Picture")
    expect(dialog.get_by_text(f"1 / {count}")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(dialog.get_by_text(f"{count} / {count}")).to_be_visible()
    dialog.get_by_role("button", name="Next picture").click()
    expect(dialog.get_by_text(f"1 / {count}")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(links.first).to_be_focused()


def test_a_gallery_without_javascript_leads_to_the_large_picture(visitors: Visitors) -> None:
    page = visitors.arrive(java_script_enabled=False)
    page.goto(STORY_WITH_GALLERY)
    page.locator("[data-large]").first.click()
    page.wait_for_url(re.compile(r"/media/images/.*\.webp$"))
