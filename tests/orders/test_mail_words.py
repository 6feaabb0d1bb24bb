"""The shop's own words in the mails to shoppers: written, checked, shown, published and logged."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from home.granting import create_roles
from home.roles import CHIEFS, EDITORS, MARKETERS, SHOP_STAFF
from orders.emails import build_message
from orders.mail_samples import sample_message, sample_order
from orders.mail_variables import check_variables, fill_in, paragraphs
from orders.models import MailText, Order, OutgoingEmail
from orders.models.mail_text import SHOPPER_MAILS
from orders.outbox import process_outbox, queue_email
from orders.status import OrderStatus
from tests.factories import make_order, make_user

pytestmark = pytest.mark.django_db

Kind = OutgoingEmail.Kind


def text_of(kind: str = Kind.CONFIRMATION) -> MailText:
    return MailText.objects.get(kind=kind)


def publish(kind: str = Kind.CONFIRMATION, **words: str) -> MailText:
    text = text_of(kind)
    for name, value in words.items():
        setattr(text, name, value)
    text.full_clean()
    text.save_revision().publish()
    return text_of(kind)


def paid_order(**fields: object) -> Order:
    return make_order(status=OrderStatus.PAID, paid_at=timezone.now(), number="F7", **fields)


def build(order: Order, kind: str = Kind.CONFIRMATION) -> mail.EmailMultiAlternatives:
    return build_message(OutgoingEmail(order=order, kind=kind), with_pdf=False)


def html_of(message: mail.EmailMultiAlternatives) -> str:
    return " ".join(str(message.alternatives[0][0]).split())


# --- Variables ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Dear {nme},", "There is no {nme}. You can use {name}, {number}, {total}, {shop}."),
        ("Dear {name.__class__},", "There is no {name.__class__}."),
        ("Dear {name", "A curly bracket stands alone."),
        ("Dear name}", "A curly bracket stands alone."),
        ("Dear {{name}}", "A curly bracket stands alone."),
        ("Dear {},", "There is no {}."),
    ],
)
def test_a_name_that_is_not_known_is_told_with_those_that_are(text: str, told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        check_variables(text)
    assert caught.value.messages[0].startswith(told)


def test_each_place_is_filled_and_nothing_else_is_done_with_it() -> None:
    check_variables("Dear {name}, {number} over {total} from {shop}: 100 % {name}")
    assert fill_in("{name}/{number}/{other}", {"name": "{number}", "number": "7"}) == (
        "{number}/7/{other}"
    )
    assert paragraphs(" One\r\nline.\r\n\r\n\r\nTwo. \n") == ["One line.", "Two."]
    assert paragraphs(" \n ") == []


# --- What a mail says ---------------------------------------------------------------------------


def test_there_is_a_text_for_every_mail_to_shoppers_and_all_are_empty() -> None:
    texts = list(MailText.objects.all())
    assert {one.kind for one in texts} == set(SHOPPER_MAILS)
    assert {one.locale for one in texts} == {Locale.get_default()}
    assert all(one.is_empty and one.live for one in texts)


def test_without_words_of_ones_own_a_mail_says_what_it_says() -> None:
    message = build(paid_order())
    assert message.subject == "Your Fern & Kettle order F7 is confirmed"
    assert "Thank you, Alice Arnold." in message.body


def test_own_words_stand_in_subject_text_and_html() -> None:
    publish(
        subject="{shop}: {number} is ours to pack",
        heading="Hello {name}!",
        opening="It came to {total}.\n\nWe pack it at noon.",
        closing="Warmly,\nthe two of us",
    )
    message = build(paid_order())
    html = html_of(message)
    assert message.subject == "Fern & Kettle: F7 is ours to pack"
    for shown in (message.body, html):
        assert "Hello Alice Arnold!" in shown
        assert "It came to €28.90." in shown
        assert "We pack it at noon." in shown
        assert "Warmly, the two of us" in shown
        assert "Thank you, Alice Arnold." not in shown
        assert "is paid, and we are getting it ready" not in shown
        assert "€28.90" in shown
    assert message.body.index("We pack it at noon.") < message.body.index("WHAT YOU ORDERED")
    assert message.body.index("Warmly") > message.body.index("WHAT YOU ORDERED")


@pytest.mark.parametrize("field", ["subject", "heading", "opening", "closing"])
def test_a_field_that_is_left_empty_keeps_the_words_of_the_mail(field: str) -> None:
    words = {"subject": "S!", "heading": "H!", "opening": "O!", "closing": "C!"}
    publish(**{**words, field: ""})
    message = build(paid_order())
    assert (message.subject == "Your Fern & Kettle order F7 is confirmed") == (field == "subject")
    assert ("Thank you, Alice Arnold." in message.body) == (field == "heading")
    assert ("is paid, and we are getting it ready" in message.body) == (field == "opening")
    assert ("C!" not in message.body) == (field == "closing")


def test_names_and_words_are_no_markup_and_break_no_header() -> None:
    publish(subject="For {name}", heading="<b>Hi</b> {name}", closing="<script>x</script>")
    message = build(paid_order(name="<i>Eve</i>\nBcc: all@example.com"))
    html = html_of(message)
    assert "\n" not in message.subject
    assert message.message()["Bcc"] is None
    assert "&lt;b&gt;Hi&lt;/b&gt; &lt;i&gt;Eve&lt;/i&gt;" in html
    assert "<script>" not in html
    assert "<script>x</script>" in message.body  # Plain text has nothing to escape.


def test_what_depends_on_the_order_stays_whatever_is_written() -> None:
    order = make_order(number="F8", status=OrderStatus.AWAITING_PAYMENT)
    publish(Kind.PAYMENT_FAILED, opening="Oh no.")
    message = build(order, Kind.PAYMENT_FAILED)
    assert "Oh no." in message.body
    assert "Your things are still held for you until" in message.body
    assert f"Pay now:\n{order.full_url}" in message.body


def test_a_draft_and_words_that_were_taken_back_are_not_sent() -> None:
    text = text_of()
    text.heading = "Not yet"
    text.save_revision()
    order = paid_order()
    assert "Not yet" not in build(order).body
    publish(heading="Now")
    assert "Now" in build(order).body
    text_of().unpublish()
    assert "Thank you, Alice Arnold." in build(order).body


def test_words_of_another_language_are_not_sent() -> None:
    german = Locale.objects.create(language_code="de")
    MailText.objects.create(
        kind=Kind.CONFIRMATION,
        locale=german,
        heading="Danke",
        translation_key=text_of().translation_key,
    )
    assert "Danke" not in build(paid_order()).body


def test_the_log_names_the_words_a_mail_was_sent_with() -> None:
    order = paid_order()
    first = queue_email(order, Kind.CONFIRMATION)
    assert process_outbox() == 1
    text = publish(heading="Now")
    second = queue_email(order, Kind.CONFIRMATION, copy=1)
    assert process_outbox() == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.words_revision, second.words_revision) == (None, text.live_revision)
    ids = [one.message()["Message-ID"] for one in mail.outbox]
    assert ids[0].startswith("<F7.order_confirmation@")
    assert ids[1].startswith("<F7.order_confirmation.copy1@")


# --- In the admin -------------------------------------------------------------------------------


@pytest.fixture
def clerk(site: object, client: Client) -> Client:
    create_roles()
    client.force_login(make_user("clerk", group=SHOP_STAFF))
    return client


def form(**words: str) -> dict[str, str]:
    return {"subject": "", "heading": "", "opening": "", "closing": "", **words}


def test_the_staff_writes_a_draft_and_publishes_it(clerk: Client) -> None:
    text = text_of()
    url = reverse("mail_texts:edit", args=[text.pk])
    page = clerk.get(url).content.decode()
    assert "Send a test" in page
    clerk.post(url, form(heading="Hello {name}"))
    assert text_of().heading == ""
    clerk.post(url, {**form(heading="Hello {name}"), "action-publish": "1"})
    assert text_of().heading == "Hello {name}"
    assert "Your own" in clerk.get(reverse("mail_texts:list")).content.decode()


def test_a_wrong_name_is_told_beside_its_field_and_nothing_is_kept(clerk: Client) -> None:
    url = reverse("mail_texts:edit", args=[text_of().pk])
    response = clerk.post(url, {**form(heading="Hello {nme}"), "action-publish": "1"})
    page = response.content.decode()
    assert "There is no {nme}. You can use {name}, {number}, {total}, {shop}." in page
    assert text_of().latest_revision is None


@pytest.mark.parametrize("is_superuser", [True, False])
def test_nobody_adds_or_deletes_a_text(clerk: Client, is_superuser: bool) -> None:
    get_user_model().objects.update(is_superuser=is_superuser)
    text = text_of()
    for url in (reverse("mail_texts:add"), reverse("mail_texts:delete", args=[text.pk])):
        assert clerk.get(url).status_code == 302
    assert MailText.objects.count() == len(SHOPPER_MAILS)


@pytest.mark.parametrize("group", [EDITORS, CHIEFS, MARKETERS])
def test_who_may_not_see_orders_sees_no_words_of_mails(
    site: object, client: Client, group: str
) -> None:
    create_roles()
    client.force_login(make_user("someone", group=group))
    pk = text_of().pk
    for url in (
        reverse("mail_texts:list"),
        reverse("mail_texts:edit", args=[pk]),
        reverse("mail_texts:test", args=[pk]),
        reverse("mail_texts:preview_on_edit", args=[pk]),
    ):
        assert client.get(url).status_code in (302, 403), url


def test_the_preview_shows_any_order_in_the_words_as_they_are_typed(clerk: Client) -> None:
    old = make_order(number="F1", paid_at=timezone.now(), status=OrderStatus.PAID, name="Ann")
    paid_order()
    text = text_of()
    assert [name for _key, name in text.preview_modes] == ["F7, Alice Arnold", "F1, Ann"]
    url = reverse("mail_texts:preview_on_edit", args=[text.pk])
    answer = clerk.post(url, form(subject="{number}!", heading="Hello {name}"))
    assert answer.json()["is_valid"] is True
    shown = clerk.get(url, {"mode": str(old.pk)}).content.decode()
    assert '<h1 class="subject">F1!</h1>' in shown
    assert "Hello Ann" in shown
    assert text_of().heading == ""


def test_a_preview_without_any_order_says_so(clerk: Client) -> None:
    url = reverse("mail_texts:preview_on_edit", args=[text_of(Kind.SHIPPED).pk])
    clerk.post(url, form())
    assert "There is no order yet that this mail could be about." in (
        clerk.get(url, {"mode": ""}).content.decode()
    )


def test_a_test_mail_goes_to_who_asks_in_the_newest_words(clerk: Client) -> None:
    paid_order()
    text = text_of()
    text.heading = "A draft"
    text.save_revision()
    url = reverse("mail_texts:test", args=[text.pk])
    assert 'value="F7"' in clerk.get(url).content.decode()
    mail.outbox.clear()
    clerk.post(url, {"order": "F7"})
    [message] = mail.outbox
    assert message.to == ["clerk@example.com"]
    assert message.subject == "Test: Your Fern & Kettle order F7 is confirmed"
    assert "A draft" in message.body
    assert not OutgoingEmail.objects.exists()


def test_a_test_about_no_order_sends_nothing_and_says_why(clerk: Client) -> None:
    url = reverse("mail_texts:test", args=[text_of(Kind.SHIPPED).pk])
    paid_order()
    mail.outbox.clear()
    response = clerk.post(url, {"order": "F7"})
    assert "There is no order with this number that the mail could be about." in (
        response.content.decode()
    )
    assert mail.outbox == []


def test_an_order_that_does_not_suit_is_replaced_by_one_that_does() -> None:
    order = paid_order()
    unpaid = make_order()
    text = text_of()
    assert sample_order(text, str(unpaid.pk)) == order
    assert sample_order(text, "9" * 30) == order
    assert sample_order(text_of(Kind.SHIPPED)) is None
    assert "F7" in sample_message(text, order).subject
