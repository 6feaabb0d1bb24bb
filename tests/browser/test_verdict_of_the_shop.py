"""What a browser, axe-core and the Nu HTML checker say of every page of the shop in every state.

All are visited once, see tests.browser.pages; each test asks something else about the visits.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.nu_checker import check_markup
from tests.browser.pages import SHOP_WALKS
from tests.browser.running_shop import RunningShop
from tests.browser.visits import Visit, told, visit_all

pytestmark = pytest.mark.browser

# The same page in another state may keep its title.
STATES = re.compile(r"-(filtered|nothing-left|errors|declined|with-trouble|empty|just-paid)$")
PERSONAL = (
    *("checkout", "order-", "payment", "newsletter-confirm", "newsletter-unsubscribe", "mail"),
    *("log-in", "account"),
)
# The pictures of the shop under test are smaller than the sizes that templates ask for.
SMALL_PICTURES = "for attribute “srcset” on element"


@pytest.fixture(scope="module")
def visits(browser: Browser, shop: RunningShop) -> list[Visit]:
    return visit_all(SHOP_WALKS, browser, shop)


def test_everybody_can_use_the_shop(visits: list[Visit]) -> None:
    """WCAG 2.2 AA and what is good practice, at each width, light and dark."""
    assert told(visits, "axe") == []
    assert len(visits) > 50


def test_every_page_has_an_outline_and_fits_its_window(visits: list[Visit]) -> None:
    """Also with the text spaced as wide as WCAG 1.4.12 lets a reader ask for."""
    assert told(visits, "layout") == []


def test_every_page_has_a_title_of_its_own(visits: list[Visit]) -> None:
    titles = {STATES.sub("", visit.name): visit.title for visit in visits}
    titles["order"] = titles.pop("order-awaiting")  # The same that is paid a moment later.
    repeated = {title for title, number in Counter(titles.values()).items() if number > 1}
    assert {name: title for name, title in titles.items() if title in repeated} == {}
    assert "" not in titles.values()


def test_a_browser_may_keep_what_is_not_personal(visits: list[Visit]) -> None:
    """A page that must not be stored is loaded anew when somebody goes back to it."""
    kept = [visit.name for visit in visits if "no-store" in visit.cache_control]
    assert [name for name in kept if not name.startswith(PERSONAL)] == []


@pytest.mark.services("java")
def test_the_markup_of_the_shop_is_valid(visits: list[Visit], tmp_path: Path) -> None:
    found = check_markup({visit.name: visit.html for visit in visits}, tmp_path)
    assert [each for each in found if SMALL_PICTURES not in each] == []
