"""The newsletter: asked for, confirmed by mail, left by a link."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from home.models import HomePage, StoryIndexPage
from shopsite.contact import newsletter
from shopsite.contact.models import ContactEmail, NewsletterSubscription
from shopsite.contact.outbox import OUTBOX
from tests.contact.sending import forget_counters, sign_up, stamp_of

TOO_LONG = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 20}.com"

pytestmark = pytest.mark.usefixtures("site")


def link_in_mail() -> str:
    OUTBOX.process()
    [path] = re.findall(r"http://testserver(/newsletter/\S+)", mail.outbox[-1].body)
    return str(path)


def confirmed(email: str = "ada@example.com") -> NewsletterSubscription:
    sign_up(email)
    Client().post(link_in_mail())
    mail.outbox.clear()
    return NewsletterSubscription.objects.get(email=email, ended_at=None)


def test_signing_up_asks_for_a_yes_by_mail() -> None:
    page = StoryIndexPage.objects.get()
    response = sign_up("Ada@Example.com", page=str(page.pk))
    assert (response.status_code, response.url) == (302, "/newsletter/thanks/")
    assert "We have sent a mail" in Client().get(response.url).content.decode()
    subscription = NewsletterSubscription.objects.get()
    assert subscription.email == "ada@example.com"
    assert subscription.consent_text == "Yes, write to me."
    assert subscription.source_page.pk == page.pk
    assert subscription.source_address == "http://testserver/stories/"
    assert subscription.confirmed_at is None
    OUTBOX.process()
    [message] = mail.outbox
    assert message.to == ["ada@example.com"]
    assert subscription.confirm_url in message.body
    assert "Yes, write to me." in message.body


def test_opening_the_link_confirms_nothing_and_its_button_does() -> None:
    sign_up()
    link = link_in_mail()
    html = Client().get(link).content.decode()
    assert "Yes, subscribe" in html
    assert NewsletterSubscription.objects.get().confirmed_at is None
    assert "The newsletter goes to ada@example.com from now on." in (
        Client().post(link).content.decode()
    )
    first = NewsletterSubscription.objects.get().confirmed_at
    assert first is not None
    Client().post(link)
    assert NewsletterSubscription.objects.get().confirmed_at == first


def test_the_pages_of_a_link_are_kept_by_no_cache() -> None:
    sign_up()
    for address in (link_in_mail(), link_in_mail().replace("confirm", "unsubscribe")):
        response = Client().get(address)
        assert "no-store" in response.headers["Cache-Control"]
        assert "private" in response.headers["Cache-Control"]


def test_a_link_is_good_for_seven_days() -> None:
    sign_up()
    link = link_in_mail()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=7, minutes=1), tick=False):
        assert "This link is too old" in Client().post(link).content.decode()
        assert NewsletterSubscription.objects.get().confirmed_at is None
        assert newsletter.forget_unconfirmed() == 1
    assert Client().get(link).status_code == 404


def test_what_was_confirmed_is_not_forgotten() -> None:
    confirmed()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=30), tick=False):
        assert newsletter.forget_unconfirmed() == 0
    assert NewsletterSubscription.objects.count() == 1


@pytest.mark.parametrize("known", ["new", "waiting", "active", "ended"])
def test_the_answer_tells_nothing_about_an_address(known: str) -> None:
    fresh = sign_up("bob@example.com")
    if known == "waiting":
        sign_up()
    elif known in ("active", "ended"):
        subscription = confirmed()
        if known == "ended":
            newsletter.end_subscription(subscription)
    again = sign_up()
    assert (again.status_code, again.url, again.content) == (302, fresh.url, fresh.content)
    assert {**again.headers} == {**fresh.headers}


def test_an_address_gets_no_second_mail_within_ten_minutes() -> None:
    sign_up()
    sign_up("ADA@example.com", stamp=stamp_of("newsletter", shown="Other words."))
    assert OUTBOX.process() == 1
    subscription = NewsletterSubscription.objects.get()
    assert (subscription.mails, subscription.consent_text) == (1, "Other words.")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11), tick=False):
        sign_up(stamp=stamp_of("newsletter", shown="Other words."))
        assert OUTBOX.process() == 1
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first != second


def test_an_address_that_never_answers_gets_five_mails() -> None:
    for number in range(8):
        with time_machine.travel(datetime.now(UTC) + timedelta(hours=number), tick=False):
            sign_up(stamp=stamp_of("newsletter"))
        forget_counters()
    assert ContactEmail.objects.count() == 5


def test_who_is_subscribed_is_told_so_and_keeps_the_agreement() -> None:
    before = confirmed()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11), tick=False):
        sign_up(stamp=stamp_of("newsletter", shown="Other words."))
        OUTBOX.process()
    [message] = mail.outbox
    assert message.subject == "You are subscribed already: the newsletter of Fern & Kettle"
    assert before.unsubscribe_url in message.body
    after = NewsletterSubscription.objects.get()
    assert (after.consent_text, after.confirmed_at) == (before.consent_text, before.confirmed_at)


def test_leaving_takes_a_button_and_can_be_done_twice() -> None:
    subscription = confirmed()
    path = subscription.unsubscribe_url.removeprefix("http://testserver")
    assert "Leave the newsletter?" in Client().get(path).content.decode()
    assert NewsletterSubscription.objects.get().ended_at is None
    Client().post(path)
    ended = NewsletterSubscription.objects.get().ended_at
    assert ended is not None
    assert "Nothing more goes to ada@example.com." in Client().post(path).content.decode()
    assert NewsletterSubscription.objects.get().ended_at == ended


def test_a_mail_program_may_unsubscribe_with_one_click() -> None:
    subscription = confirmed()
    client = Client(enforce_csrf_checks=True)
    path = subscription.unsubscribe_url.removeprefix("http://testserver")
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert NewsletterSubscription.objects.get().ended_at is not None


def test_who_left_may_come_back_and_the_old_agreement_stays() -> None:
    newsletter.end_subscription(confirmed())
    forget_counters()
    confirmed()
    assert NewsletterSubscription.objects.count() == 2
    assert NewsletterSubscription.objects.filter(ended_at=None).count() == 1


def test_a_link_of_one_that_ended_confirms_nothing() -> None:
    sign_up()
    link = link_in_mail()
    newsletter.end_subscription(NewsletterSubscription.objects.get())
    assert "You have left the newsletter" in Client().post(link).content.decode()
    assert NewsletterSubscription.objects.get().confirmed_at is None


def test_the_database_keeps_one_open_subscription_for_an_address() -> None:
    sign_up()
    with pytest.raises(IntegrityError), transaction.atomic():
        NewsletterSubscription.objects.create(
            email="ada@example.com", consent_text="Yes", requested_at=timezone.now()
        )
    assert NewsletterSubscription.objects.count() == 1


@pytest.mark.parametrize(
    "email", ["", "ada", "ada@example.com, eve@example.com", "a@b\r\nBcc: x", TOO_LONG]
)
def test_what_is_no_address_is_refused(email: str) -> None:
    response = sign_up(email)
    assert response.status_code == 200
    assert "Yes, write to me." in response.content.decode()
    assert not NewsletterSubscription.objects.exists()


def test_the_words_that_were_agreed_to_cannot_be_made_up() -> None:
    assert sign_up(stamp="WzEsICJZZXMiXQ:abc:def").status_code == 200
    assert not NewsletterSubscription.objects.exists()


def test_a_robot_in_the_trap_subscribes_nobody() -> None:
    assert sign_up(website="x").url == "/newsletter/thanks/"
    assert not NewsletterSubscription.objects.exists()


def test_a_client_signs_up_five_addresses_at_most() -> None:
    answers = [sign_up(f"ada{number}@example.com").status_code for number in range(6)]
    assert answers == [302] * 5 + [429]
    assert NewsletterSubscription.objects.count() == 5


def test_the_page_to_sign_up_says_what_one_agrees_to() -> None:
    html = Client().get("/newsletter/").content.decode()
    assert "Yes, send me the newsletter by e-mail." in html
    assert Client().get("/newsletter/").headers["Cache-Control"].startswith("public")


def test_an_unknown_link_is_a_page_that_is_not_there(site: HomePage) -> None:
    assert Client().get("/newsletter/" + "x" * 32 + "/confirm/").status_code == 404


def test_the_answers_to_two_wrong_addresses_share_no_id() -> None:
    answers = [sign_up("nobody").content.decode() for _number in range(2)]
    ids = [re.findall(r'<input type="email"[^>]* id="(newsletter-[^"]+)"', one) for one in answers]
    assert [len(found) for found in ids] == [1, 1]
    assert ids[0] != ids[1]
