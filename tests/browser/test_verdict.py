"""What a browser, axe-core and the Nu HTML checker say of every page in every state.

All are visited once, see tests.browser.pages; each test asks something else about the visits.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.nu_checker import check_markup
from tests.browser.pages import ADMIN_WALKS, SHOP_WALKS
from tests.browser.running_shop import RunningShop
from tests.browser.visits import Visit, set_the_stage, visit_all

pytestmark = pytest.mark.browser

# The same page in another state may keep its title.
STATES = re.compile(r"-(filtered|nothing-left|errors|declined|with-trouble|empty|just-paid)$")
PERSONAL = ("checkout", "order-", "payment", "newsletter-confirm", "newsletter-unsubscribe", "mail")
# The pictures of the shop under test are smaller than the sizes that templates ask for.
SMALL_PICTURES = "for attribute “srcset” on element"
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
)


@pytest.fixture(scope="module")
def stage(shop: RunningShop) -> dict[str, str]:
    return set_the_stage(shop)


@pytest.fixture(scope="module")
def shop_visits(browser: Browser, shop: RunningShop, stage: dict[str, str]) -> list[Visit]:
    return visit_all(SHOP_WALKS, browser, shop, stage)


@pytest.fixture(scope="module")
def admin_visits(browser: Browser, shop: RunningShop, stage: dict[str, str]) -> list[Visit]:
    return visit_all(ADMIN_WALKS, browser, shop, stage)


def test_everybody_can_use_the_shop(shop_visits: list[Visit]) -> None:
    """WCAG 2.2 AA and what is good practice, at each width, light and dark."""
    assert told(shop_visits, "axe") == []
    assert len(shop_visits) > 50


def test_everybody_can_use_what_is_added_to_the_admin(admin_visits: list[Visit]) -> None:
    assert told(admin_visits, "axe") == []
    assert len(admin_visits) > 20


def test_every_page_has_an_outline_and_fits_its_window(shop_visits: list[Visit]) -> None:
    """Also with the text spaced as wide as WCAG 1.4.12 lets a reader ask for."""
    assert told(shop_visits, "layout") == []


def test_every_page_has_a_title_of_its_own(shop_visits: list[Visit]) -> None:
    titles = {STATES.sub("", visit.name): visit.title for visit in shop_visits}
    titles["order"] = titles.pop("order-awaiting")  # The same that is paid a moment later.
    repeated = {title for title, number in Counter(titles.values()).items() if number > 1}
    assert {name: title for name, title in titles.items() if title in repeated} == {}
    assert "" not in titles.values()


def test_a_browser_may_keep_what_is_not_personal(shop_visits: list[Visit]) -> None:
    """A page that must not be stored is loaded anew when somebody goes back to it."""
    kept = [visit.name for visit in shop_visits if "no-store" in visit.cache_control]
    assert [name for name in kept if not name.startswith(PERSONAL)] == []


@pytest.mark.services("java")
def test_the_markup_of_the_shop_is_valid(shop_visits: list[Visit], tmp_path: Path) -> None:
    pages = {visit.name: visit.html for visit in shop_visits}
    found = check_markup(pages, tmp_path)
    assert [each for each in found if SMALL_PICTURES not in each] == []


@pytest.mark.services("java")
def test_the_markup_we_add_to_the_admin_is_valid(admin_visits: list[Visit], tmp_path: Path) -> None:
    pages = {visit.name: visit.html for visit in admin_visits}
    found = check_markup(pages, tmp_path)
    ours = [each for each in found if not any(known in each for known in WAGTAILS_OWN)]
    assert ours == []


def told(visits: list[Visit], about: str) -> list[str]:
    return [f"{visit.name}: {each}" for visit in visits for each in getattr(visit, about)]
