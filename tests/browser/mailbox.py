"""The demo's mailbox, as the person reads it who waits for a mail."""

import time
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

# The worker hears of a mail within a fraction of a second; a busy machine sets the invoice slowly.
PATIENCE_SECONDS = 40


def open_mail(page: Page, subject: str, *, to: str = "") -> None:
    """Loads the list again until the mail is there, and opens it."""
    wait_for_mails(page, subject, to=to).click()
    expect(page.get_by_role("heading", name=subject)).to_be_visible()


def wait_for_mails(page: Page, subject: str, *, to: str = "", number: int = 1) -> Locator:
    """Loads the list again until there are so many; returns the links to them."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    links = page.get_by_role("listitem").filter(has_text=to).get_by_role("link", name=subject)
    page.goto("/demo/mail/")
    while links.count() < number and time.monotonic() < deadline:
        page.reload()
    expect(links).to_have_count(number)
    return links


def download_pdf(page: Page, name: str) -> str:
    """Follows the link to a PDF; returns the text of all its pages."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return pdf_text(Path(download.value.path()).read_bytes())


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
