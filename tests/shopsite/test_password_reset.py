"""A forgotten password of the admin: asked for by anybody, mailed to its owner, telling nothing."""

import re

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from shopsite import password_reset
from shopsite.password_reset import send_password_resets
from shopsite.tasks import send_password_resets_soon
from tests.factories import make_user

pytestmark = pytest.mark.usefixtures("site", "empty_cache")

FORGOTTEN = "/admin/password_reset/"
Sent = list[tuple[str, list[list[int]]]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    messages: Sent = []

    def take(name: str, args: list[list[int]]) -> bool:
        messages.append((name, args))
        return True

    monkeypatch.setattr(password_reset, "send_task", take)
    return messages


def ask(email: str, **headers: str) -> HttpResponse:
    return Client().post(FORGOTTEN, {"email": email}, headers=headers)


def test_known_or_not_the_answer_and_the_work_are_the_same(sent: Sent) -> None:
    ada = make_user("ada", is_superuser=True)
    answers = [ask(email) for email in ("ada@example.com", "nobody@example.com")]
    assert [(one.status_code, one.url) for one in answers] == [(302, f"{FORGOTTEN}done/")] * 2
    assert sent == [
        (send_password_resets_soon.name, [[ada.pk]]),
        (send_password_resets_soon.name, [[]]),
    ]
    assert mail.outbox == [], "Nobody waits for the mail server."


def test_the_mail_leads_to_the_shop_whatever_the_host_was_called(
    settings: Settings, sent: Sent
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    make_user("ada", is_superuser=True)
    ask("ada@example.com", Host="evil.example", **{"X-Forwarded-Host": "evil.example"})
    send_password_resets(*sent[0][1])
    [message] = mail.outbox
    assert message.to == ["ada@example.com"]
    assert "evil" not in message.body + message.subject
    link = re.search(r"http://testserver(/admin/password_reset/confirm/\S+)", message.body)
    assert link
    client = Client()
    page = client.get(link.group(1), follow=True)
    new = {"new_password1": "kiln-opens-at-nine", "new_password2": "kiln-opens-at-nine"}
    client.post(page.request["PATH_INFO"], new)
    assert client.get("/admin/").status_code == 302, "A new password alone lets nobody in."
    data = {"username": "ada", "password": "kiln-opens-at-nine"}
    assert client.post("/admin/login/", data).status_code == 302
    assert Client().get(link.group(1), follow=True).context["validlink"] is False


def test_without_a_broker_the_mail_is_sent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(password_reset, "send_task", lambda name, args: False)
    make_user("ada", is_superuser=True)
    ask("ada@example.com")
    assert [message.to for message in mail.outbox] == [["ada@example.com"]]


def test_who_left_gets_no_mail(sent: Sent) -> None:
    ada = make_user("ada", is_superuser=True)
    ask("ada@example.com")
    type(ada).objects.update(is_active=False)
    send_password_resets(*sent[0][1])
    assert mail.outbox == []
