"""Takes a picture of every page in every state, at each width, light and dark: `make screenshots`.

    python -m tests.browser.screenshots [PART OF A NAME ...]

They lie under var/screenshots/ as NAME-WIDTH-SCHEME.png. Nothing is compared: they are for people.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.pages import ADMIN_WALKS, SHOP_WALKS, Walker
from tests.browser.running_shop import running_shop
from tests.browser.screens import (
    FOLDER,
    LAY_ALL_OUT,
    LOAD_ALL_PICTURES,
    SCHEMES,
    SETTLE,
    WIDTHS,
    resize,
)
from tests.browser.visitors import Visitors
from tests.browser.visits import WINDOW


def main(wanted: list[str]) -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="screenshots-") as folder,
        running_shop(Path(folder) / "shop", shared=Path(folder)) as shop,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        visitors = Visitors(browser, shop)
        number = 0
        for walk in (*SHOP_WALKS, *ADMIN_WALKS):
            page, watch = visitors.arrive_watched(viewport=WINDOW)
            for name in walk(Walker(page, watch, shop.stage)):
                if not wanted or any(part in name for part in wanted):
                    number += take_pictures(page, name)
                    page.set_viewport_size(WINDOW)
        problems = visitors.leave()
        browser.close()
    print(f"{number} pictures lie in {FOLDER}.")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def take_pictures(page: Page, name: str) -> int:
    """Of the whole page; returns how many. Those of before are written over."""
    page.evaluate(LAY_ALL_OUT)
    page.evaluate(LOAD_ALL_PICTURES)
    for width in WIDTHS:
        resize(page, width)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.evaluate(SETTLE)
            page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png", full_page=True)
    return len(WIDTHS) * len(SCHEMES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
