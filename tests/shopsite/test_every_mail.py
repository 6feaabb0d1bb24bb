"""What holds for every mail the shop sends. A new kind, or a new outbox, is found by itself."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from orders import emails as order_emails
from orders.models import OutgoingEmail
from orders.status import OrderStatus
from shopsite.cms.models import BrandSettings, OutboxEmail
from shopsite.contact import emails as contact_emails
from shopsite.contact.models import ContactEmail, FormSubmission, NewsletterSubscription
from tests.factories import make_contact_form, make_image, make_order

pytestmark = pytest.mark.django_db

MOST_BYTES = 60_000
LONG_NAME = "Maximiliane-Theodora <b>von und zu</b> Hohenlohe-Waldenburg & Söhne"


def order_mail(kind: str) -> EmailMultiAlternatives:
    order = make_order(status=OrderStatus.PAID, paid_at=timezone.now(), name=LONG_NAME)
    email = OutgoingEmail(order=order, kind=kind)
    return order_emails.build_message(email, with_pdf=False)


def contact_mail(kind: str) -> EmailMultiAlternatives:
    form = make_contact_form(LONG_NAME, notify_email="a@b.example", confirmation_text=LONG_NAME)
    of_form = kind.startswith("form_")
    submission = FormSubmission(pk=7, form=form, sender_email="ada@example.com")
    subscription = NewsletterSubscription(
        pk=8, email="ada@example.com", consent_text=LONG_NAME, token="token"
    )
    return contact_emails.build_message(
        ContactEmail(
            kind=kind,
            submission=submission if of_form else None,
            subscription=None if of_form else subscription,
        )
    )


MAKERS: dict[type[OutboxEmail], Callable[[str], EmailMultiAlternatives]] = {
    OutgoingEmail: order_mail,
    ContactEmail: contact_mail,
}
OUTBOXES = [model for model in apps.get_models() if issubclass(model, OutboxEmail)]
KINDS = [pytest.param(model, kind, id=kind) for model in OUTBOXES for kind in model.Kind.values]
every_kind = pytest.mark.parametrize(("model", "kind"), KINDS)


@pytest.fixture(autouse=True)
def brand(settings, tmp_path: Path) -> None:
    """With two logos, so that every mail is as large as it gets."""
    settings.MEDIA_ROOT = str(tmp_path)
    cache.clear()
    BrandSettings.load()
    BrandSettings.objects.update(
        name="Moss & Pot", logo=make_image("Logo"), logo_dark=make_image("For the dark")
    )


def html_of(message: EmailMultiAlternatives) -> str:
    [(html, mimetype)] = message.alternatives
    assert mimetype == "text/html"
    return str(html)


def words_of(html: str) -> str:
    """What is read of the body, without pictures."""
    return unescape(re.sub(r"<[^>]+>", " ", html.partition("<body")[2]))


def test_no_template_of_a_mail_is_without_a_kind() -> None:
    folder = Path(__file__).parents[2] / "templates" / "emails"
    subjects = {path.name.removesuffix(".subject.txt") for path in folder.glob("*.subject.txt")}
    assert subjects == {kind for model in OUTBOXES for kind in model.Kind.values}


@every_kind
def test_a_mail_is_never_so_large_that_it_is_cut(model: type[OutboxEmail], kind: str) -> None:
    message = MAKERS[model](kind)
    assert len(message.body.encode()) + len(html_of(message).encode()) < MOST_BYTES


@every_kind
def test_a_mail_says_whose_it_is_with_and_without_pictures(
    model: type[OutboxEmail], kind: str
) -> None:
    message = MAKERS[model](kind)
    assert message.from_email.startswith("Moss & Pot <")
    assert "Moss & Pot" in message.body
    html = html_of(message)
    assert "Moss & Pot" in words_of(html)
    [logo] = re.findall(r"<img[^>]*>", html)
    assert 'alt="Moss &amp; Pot"' in logo


@every_kind
def test_the_text_of_a_mail_leads_wherever_its_html_leads(
    model: type[OutboxEmail], kind: str
) -> None:
    message = MAKERS[model](kind)
    targets = re.findall(r'<a[^>]* href="([^"]+)"', html_of(message))
    assert targets
    for target in targets:
        assert unescape(target).removeprefix("mailto:") in message.body


@every_kind
def test_the_text_of_a_mail_is_written_for_people(model: type[OutboxEmail], kind: str) -> None:
    text = MAKERS[model](kind).body
    for rest_of_html in ("&amp;", "&lt;", "&#x27;", "<p", "<a ", "<td", "{{", "{%"):
        assert rest_of_html not in text
    assert "\n\n\n" not in text
    assert text == text.strip() + "\n"
    assert all(line == line.rstrip() for line in text.splitlines())


@every_kind
def test_free_words_in_a_mail_are_no_markup(model: type[OutboxEmail], kind: str) -> None:
    message = MAKERS[model](kind)
    assert "<b>von" not in html_of(message)
    assert "\n" not in message.subject
    assert len(message.subject) <= 150


@every_kind
def test_a_mail_says_how_it_looks_in_light_and_dark(model: type[OutboxEmail], kind: str) -> None:
    html = html_of(MAKERS[model](kind))
    assert '<meta name="color-scheme" content="light dark">' in html
    assert html.count("@media (prefers-color-scheme: dark)") == 1
    for loaded in ("<link", "<script", "url(", "@import", "@font-face"):
        assert loaded not in html


@every_kind
def test_a_mail_begins_in_the_list_with_words_of_its_own(
    model: type[OutboxEmail], kind: str
) -> None:
    html = html_of(MAKERS[model](kind))
    preheader = re.search(r'<div class="preheader"[^>]*>(.*?)</div>', html, re.DOTALL)
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert preheader is not None
    assert title is not None
    assert len(re.sub(r"&\w+;|\s", "", preheader[1])) > 10
    assert title[1].strip()
