"""What a browser, axe-core and the Nu HTML checker say of what this project adds to the admin."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.nu_checker import check_markup
from tests.browser.pages import ADMIN_WALKS
from tests.browser.running_shop import RunningShop
from tests.browser.visits import Visit, told, visit_all

pytestmark = pytest.mark.browser

# What Wagtail 8.0 writes into the pages of its admin, by what the checker says of it.
WAGTAILS_OWN = (
    "Attribute “type” not allowed on element “div”",  # its drop-downs
    "Element “div” not allowed as child of element “button”",
    "Element “div” not allowed as child of element “label”",  # its switches
    "A fraction of a second must be one, two, or three digits",  # its times
    "for attribute “height” on element “img”",  # its chooser without a picture
    "for attribute “width” on element “img”",
    "for attribute “src” on element “img”",
    "whose value is “hidden” must not have any “aria-*” attributes",  # its choosers
    "The value of the “for” attribute of the “label” element must be the ID",
    "Text not allowed in element “iframe”",  # its preview
    "Duplicate attribute “value”",  # its comments
    '<section class="w-summary" aria-labelledby="header-title">',  # its first page
)


@pytest.fixture(scope="module")
def visits(browser: Browser, shop: RunningShop) -> list[Visit]:
    return visit_all(ADMIN_WALKS, browser, shop)


def test_everybody_can_use_what_is_added_to_the_admin(visits: list[Visit]) -> None:
    assert told(visits, "axe") == []
    assert len(visits) > 20


@pytest.mark.services("java")
def test_the_markup_we_add_to_the_admin_is_valid(visits: list[Visit], tmp_path: Path) -> None:
    found = check_markup({visit.name: visit.html for visit in visits}, tmp_path)
    ours = [each for each in found if not any(known in each for known in WAGTAILS_OWN)]
    assert ours == []
