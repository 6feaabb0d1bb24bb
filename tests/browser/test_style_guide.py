"""Every component and block in every state, as the style guide draws them."""

import pytest
from playwright.sync_api import Page

from tests.browser.contrast import Contrasts
from tests.browser.measures import measure_layout, measure_spaced_text
from tests.browser.screens import LAY_ALL_OUT, WIDTHS
from tests.browser.visits import HEIGHT, Visit, examine_schemes

pytestmark = pytest.mark.browser

# What a page has once is drawn here in each of its states.
ONCE_IN_A_PAGE = "landmark-unique:"


@pytest.mark.parametrize("width", WIDTHS)
def test_every_part_fits_and_can_be_used_in_every_state(page: Page, width: int) -> None:
    """Also with spaced text; WCAG 2.2 AA and what is good practice, light and dark."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto("/demo/styleguide/")
    page.evaluate(LAY_ALL_OUT)
    assert page.locator(".specimen").count() > 50
    problems = measure_layout(page, width) + measure_spaced_text(page, width)
    visit = Visit("style-guide", page.title(), html="", cache_control="")
    examine_schemes(page, visit, Contrasts(), width)
    assert problems == []
    assert [each for each in visit.axe if not each.startswith(ONCE_IN_A_PAGE)] == []
