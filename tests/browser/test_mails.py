"""Every kind of mail in a narrow window and a wide one, in light and dark, without its pictures."""

from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser

from tests.browser.axe import LOOKS, run_axe
from tests.browser.screens import measure_every_width
from tests.mails import KINDS, html_of, make_mail, set_mail_brand

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_fits_and_can_be_read_on_every_screen(
    kind: str, browser: Browser, settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    cache.clear()
    set_mail_brand()
    # Nothing is loaded: the address of the logo leads nowhere.
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.set_content(html_of(make_mail(kind)))
        problems = measure_every_width(page, f"The mail {kind}")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            problems += run_axe(page, rules=LOOKS)
        assert problems == []
        assert page.get_by_role("heading", level=1).is_visible()
        assert page.get_by_text("Moss & Pot").last.is_visible()
