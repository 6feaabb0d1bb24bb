"""An order remembers its shopper's language, and what is written about it later is in it."""

from dataclasses import replace

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation
from wagtail.models import Locale

from orders.emails import build_message
from orders.invoices import issue_invoice
from orders.languages import in_language_of, order_language
from orders.mail_words import published_text
from orders.models import MailText, Order, OutgoingEmail
from orders.placing import place_order
from orders.status import OrderStatus
from tests.factories import make_order, make_product
from tests.services.drafts import make_draft

Kind = OutgoingEmail.Kind


@pytest.fixture(autouse=True)
def german_shop(db: None, settings) -> None:
    """A shop that speaks English, and German as well."""
    settings.LANGUAGES = [("en-us", "English"), ("de", "German")]
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES


@pytest.fixture
def order() -> Order:
    return make_order(status=OrderStatus.PAID, paid_at=timezone.now(), number="F7", language="de")


def message_of(order: Order, kind: Kind) -> EmailMultiAlternatives:
    return build_message(OutgoingEmail(order=order, kind=kind), with_pdf=False)


@pytest.mark.parametrize(
    ("language", "spoken"), [("de", "de"), ("en-us", "en-us"), ("", "en-us"), ("fr", "en-us")]
)
def test_an_order_in_a_language_the_shop_does_not_speak_is_in_its_default(
    language: str, spoken: str
) -> None:
    order = make_order(language=language)
    assert order_language(order) == spoken
    with translation.override("de"), in_language_of(order):
        assert translation.get_language() == spoken


def test_placing_an_order_keeps_the_language(db: None) -> None:
    variant = make_product(sku="MUG")
    order = place_order(replace(make_draft({variant: 1}), language="de"))
    assert Order.objects.get(pk=order.pk).language == "de"


def test_the_mail_to_the_shopper_is_in_the_language_of_the_order(order: Order) -> None:
    html = message_of(order, Kind.CONFIRMATION).alternatives[0][0]
    assert '<html lang="de"' in html
    assert "28,90" in html
    assert translation.get_language() == "en-us"


def test_the_mail_to_the_staff_is_in_the_shop_s_own(order: Order) -> None:
    with translation.override("de"):
        html = message_of(order, Kind.STAFF_NEW_ORDER).alternatives[0][0]
    assert '<html lang="en-us"' in html
    assert "28.90" in html


def test_the_invoice_is_in_the_language_of_the_order(order: Order) -> None:
    document = issue_invoice(order).document
    assert document["language"] == "de"
    assert document["total"] == "28,90\xa0€"


def test_the_shop_s_own_words_are_those_of_the_language_and_else_of_its_default() -> None:
    english = MailText.objects.get(kind=Kind.CONFIRMATION)
    MailText.objects.filter(pk=english.pk).update(heading="Thanks", live=True)
    assert text_in("de") == "Thanks"
    german = Locale.objects.create(language_code="de")
    MailText.objects.create(
        kind=Kind.CONFIRMATION,
        locale=german,
        heading="Danke",
        live=True,
        translation_key=english.translation_key,
    )
    assert text_in("de") == "Danke"
    assert text_in("en-us") == "Thanks"


def text_in(language: str) -> str:
    with translation.override(language):
        text = published_text(Kind.CONFIRMATION)
    assert text is not None
    return text.heading
