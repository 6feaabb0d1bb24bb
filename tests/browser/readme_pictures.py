"""Takes the four pictures that README.md shows, into docs/: `make readme-pictures`."""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.running_shop import ROOT, running_shop
from tests.browser.screens import LOAD_ALL_PICTURES, SETTLE
from tests.browser.shopper import Shopper
from tests.browser.visitors import Visitors

FOLDER = ROOT / "docs"
WINDOW = {"width": 1440, "height": 960}
WIDTH = 1200  # As wide as a page of README.md shows them at most.
QUALITY = 78


def main() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="readme-pictures-") as folder,
        running_shop(Path(folder) / "shop", shared=Path(folder)) as shop,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = Visitors(browser, shop).arrive(viewport=WINDOW)
        take_pictures(page)
        browser.close()


def take_pictures(page: Page) -> None:
    page.goto("/")
    keep(page, "home")
    page.goto("/shop/speckled-mug/")
    keep(page, "product")
    page.goto("/stories/porridge-begun-the-evening-before/")
    page.evaluate(LOAD_ALL_PICTURES)
    page.get_by_role("heading", name="Overnight porridge").evaluate(
        "heading => scrollTo(0, heading.getBoundingClientRect().top + scrollY - 48)"
    )
    keep(page, "story")
    shopper = Shopper(page, email="ada@example.com")
    shopper.add_to_cart("speckled-mug", quantity=2)
    shopper.add_to_cart("moss-matcha-bowl")
    shopper.begin_checkout()
    shopper.fill_in_address()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    keep(page, "checkout")


def keep(page: Page, name: str) -> None:
    page.evaluate(SETTLE)
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.thumbnail((WIDTH, WIDTH), Image.Resampling.LANCZOS)
    picture.save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
