"""The fonts a page loads, and the letters it draws from them."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LOADED = "[...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family)"
OF_THE_SYSTEM = {"Fraunces fallback", "Fraunces on Android", "Inter fallback"}
IS_THERE = "(font) => document.fonts.check(font, 'Ł')"
WRITE = "(one) => { one.textContent = 'Hōjicha, Łódź' }"


def loaded_files(page: Page) -> set[str]:
    """The families of which a file was loaded: each has one."""
    page.evaluate("document.fonts.ready.then(() => true)")
    return {family.strip('"') for family in page.evaluate(LOADED)} - OF_THE_SYSTEM


def number_of_glyphs(page: Page, selector: str, *, ours: bool) -> int:
    """Of the text of an element, from fonts of the shop or from those of the system."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("DOM.enable")
    protocol.send("CSS.enable")
    root = protocol.send("DOM.getDocument")["root"]["nodeId"]
    query = {"nodeId": root, "selector": selector}
    node = {"nodeId": protocol.send("DOM.querySelector", query)["nodeId"]}
    fonts = protocol.send("CSS.getPlatformFontsForNode", node)["fonts"]
    return sum(font["glyphCount"] for font in fonts if font["isCustomFont"] is ours)


@pytest.mark.parametrize(("selector", "family"), [("main h1", "Fraunces"), ("main a", "Inter")])
def test_a_letter_of_another_language_loads_the_file_that_has_it(
    page: Page, selector: str, family: str
) -> None:
    page.goto("/cart/")
    assert loaded_files(page) == {"Fraunces", "Inter"}
    page.locator(selector).first.evaluate(WRITE)
    # The file is asked for when the letter is laid out.
    page.wait_for_function(IS_THERE, arg=f'1em "{family} extended"')
    others = {f"{family} macron", f"{family} extended"}
    assert loaded_files(page) == {"Fraunces", "Inter", *others}
    assert number_of_glyphs(page, selector, ours=True) == len("Hōjicha, Łódź")
    assert number_of_glyphs(page, selector, ours=False) == 0
