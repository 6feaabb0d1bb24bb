"""What holds for every mail the shop sends."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.core.cache import cache

from tests.mails import KINDS, html_of, make_mail, set_mail_brand

pytestmark = pytest.mark.django_db

MOST_BYTES = 60_000
every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(autouse=True)
def brand(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    cache.clear()
    set_mail_brand()


def words_of(html: str) -> str:
    """What is read of the body, without pictures."""
    return unescape(re.sub(r"<[^>]+>", " ", html.partition("<body")[2]))


def test_no_template_of_a_mail_is_without_a_kind() -> None:
    folder = Path(__file__).parents[2] / "templates" / "emails"
    subjects = {path.name.removesuffix(".subject.txt") for path in folder.glob("*.subject.txt")}
    assert subjects == set(KINDS)


@every_kind
def test_a_mail_is_never_so_large_that_it_is_cut(kind: str) -> None:
    message = make_mail(kind)
    assert len(message.body.encode()) + len(html_of(message).encode()) < MOST_BYTES


@every_kind
def test_a_mail_says_whose_it_is_with_and_without_pictures(kind: str) -> None:
    message = make_mail(kind)
    assert message.from_email.startswith("Moss & Pot <")
    assert "Moss & Pot" in message.body
    html = html_of(message)
    assert "Moss & Pot" in words_of(html)
    [logo] = re.findall(r"<img[^>]*>", html)
    assert 'alt="Moss &amp; Pot"' in logo


@every_kind
def test_the_text_of_a_mail_leads_wherever_its_html_leads(kind: str) -> None:
    message = make_mail(kind)
    targets = re.findall(r'<a[^>]* href="([^"]+)"', html_of(message))
    assert targets
    for target in targets:
        assert unescape(target).removeprefix("mailto:") in message.body


@every_kind
def test_the_text_of_a_mail_is_written_for_people(kind: str) -> None:
    text = make_mail(kind).body
    for rest_of_html in ("&amp;", "&lt;", "&#x27;", "<p", "<a ", "<td", "{{", "{%"):
        assert rest_of_html not in text
    assert "\n\n\n" not in text
    assert text == text.strip() + "\n"
    assert all(line == line.rstrip() for line in text.splitlines())


@every_kind
def test_free_words_in_a_mail_are_no_markup(kind: str) -> None:
    message = make_mail(kind)
    assert "<b>von" not in html_of(message)
    assert "\n" not in message.subject
    assert len(message.subject) <= 150


@every_kind
def test_a_mail_says_how_it_looks_in_light_and_dark(kind: str) -> None:
    html = html_of(make_mail(kind))
    assert '<meta name="color-scheme" content="light dark">' in html
    assert html.count("@media (prefers-color-scheme: dark)") == 1
    for loaded in ("<link", "<script", "url(", "@import", "@font-face"):
        assert loaded not in html


@every_kind
def test_a_mail_begins_in_the_list_with_words_of_its_own(kind: str) -> None:
    html = html_of(make_mail(kind))
    preheader = re.search(r'<div class="preheader"[^>]*>(.*?)</div>', html, re.DOTALL)
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert preheader is not None
    assert title is not None
    assert len(re.sub(r"&\w+;|\s", "", preheader[1])) > 10
    assert title[1].strip()
