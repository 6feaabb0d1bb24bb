"""One shop and one browser for all tests of a process, one context with cookies of its own for each
test. Where several processes share the tests, each has a copy of the same shop.
"""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.running_shop import RunningShop, running_shop
from tests.browser.visitors import Visitors

CHROMIUM = os.environ.get("TEST_CHROMIUM") or "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
# Each visits dozens of pages before its first test: who comes to them last is waited for.
LONGEST = ("test_verdict_of_the_shop", "test_verdict_of_the_admin")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest modules begin, one in each process; the order of all others stays random."""
    items.sort(key=lambda item: (*LONGEST, item.path.stem).index(item.path.stem))


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    own = tmp_path_factory.getbasetemp()
    is_one_of_several = "PYTEST_XDIST_WORKER" in os.environ
    shared = own.parent if is_one_of_several else own
    with running_shop(tmp_path_factory.mktemp("shop"), shared=shared) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs an event loop in this thread. Tests of other folders that come after
        # these would be taken for asynchronous code that must not use the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def visitors(browser: Browser, shop: RunningShop) -> Iterator[Visitors]:
    """Opens browsers; fails the test for anything that one of them said or did wrong."""
    group = Visitors(browser, shop)
    yield group
    assert group.leave() == []


@pytest.fixture
def page(visitors: Visitors) -> Page:
    """A shopper's, with JavaScript."""
    return visitors.arrive()
