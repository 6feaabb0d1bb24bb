"""People with a browser of their own: each has its own cookies, and is listened to."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.running_shop import RunningShop
from tests.browser.watch import Watch

# The first page that shows a picture makes its sizes, which takes a while on a busy machine.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Visitors:
    """Opens browsers for a test, and tells at its end what was wrong in any of them."""

    browser: Browser
    shop: RunningShop
    watches: list[Watch] = field(default_factory=list)

    def arrive(self, **options: Any) -> Page:
        """A new person's empty page; `options` are those of Playwright's new_context."""
        return self.arrive_watched(**options)[0]

    def arrive_watched(self, **options: Any) -> tuple[Page, Watch]:
        defaults = {"base_url": self.shop.url, "locale": "en-US", "reduced_motion": "reduce"}
        context = self.browser.new_context(**{**defaults, **options})
        context.set_default_timeout(PATIENCE_MS)
        watch = Watch(context, origins=self.shop.origins)
        self.watches.append(watch)
        return context.new_page(), watch

    def leave(self) -> list[str]:
        """Closes every browser; returns what its pages did wrong."""
        for context in self.browser.contexts:
            for page in context.pages:
                page.evaluate("1")  # What the browser has said until now is heard before it goes.
            context.close()
        return [problem for watch in self.watches for problem in watch.problems]
