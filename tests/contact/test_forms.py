"""Forms of the admin, filled in by visitors."""

import pytest
from django.core import mail
from django.test import Client

from home.models import HomePage, StoryIndexPage
from shopsite.contact.models import ContactEmail, ContactForm, ContactFormField, FormSubmission
from shopsite.contact.outbox import OUTBOX
from tests.contact.sending import SAME_ORIGIN, send_form, stamp_of
from tests.factories import make_contact_form


@pytest.fixture
def form(site: HomePage) -> ContactForm:
    return make_contact_form(
        intro="We read everything.",
        thanks="Thank you, we will write.",
        confirmation_text="We have it.\n\nYou hear from us soon.",
        notify_email="desk@example.com",
    )


def nothing_was_kept() -> bool:
    return not FormSubmission.objects.exists() and not ContactEmail.objects.exists()


def test_a_form_has_a_page_of_its_own(form: ContactForm) -> None:
    html = Client().get(f"/forms/{form.pk}/").content.decode()
    for text in ("Ask us", "We read everything.", "E-mail", "A product", ">Send</button>"):
        assert text in html
    assert 'autocomplete="email"' in html
    assert 'autocomplete="name"' in html


def test_what_was_sent_is_kept_under_its_labels(form: ContactForm) -> None:
    page = StoryIndexPage.objects.get()
    response = send_form(form, page=str(page.pk))
    assert (response.status_code, response.url) == (302, f"/forms/{form.pk}/thanks/")
    assert "Thank you, we will write." in Client().get(response.url).content.decode()
    submission = FormSubmission.objects.get()
    assert submission.answers == [
        {"label": "Name", "value": "Ada"},
        {"label": "E-mail", "value": "ada@example.com"},
        {"label": "About", "value": "A product"},
        {"label": "Message", "value": "Is it\r\ndishwasher safe?"},
    ]
    assert (submission.form, submission.form_title) == (form, "Ask us")
    assert submission.sender_email == "ada@example.com"
    assert submission.source_page.pk == page.pk


def test_every_kind_of_field_is_drawn_and_kept(site: HomePage) -> None:
    form = ContactForm.objects.create(title="All")
    kinds = {
        "singleline": "One", "multiline": "Two", "email": "a@example.com", "number": "3.5",
        "url": "https://example.com/", "date": "2026-12-24", "checkbox": "on",
        "checkboxes": ["Red", "Blue"], "dropdown": "Blue", "radio": "Red",
    }  # fmt: skip
    for number, kind in enumerate(kinds):
        ContactFormField.objects.create(
            form=form, label=kind, field_type=kind, choices="Red\nBlue", sort_order=number
        )
    assert Client().get(f"/forms/{form.pk}/").status_code == 200
    data = {f"f-{kind}": value for kind, value in kinds.items()}
    data["stamp"] = stamp_of(f"form-{form.pk}")
    assert Client().post(f"/forms/{form.pk}/", data, **SAME_ORIGIN).status_code == 302
    answers = {one["label"]: one["value"] for one in FormSubmission.objects.get().answers}
    assert answers == {**kinds, "checkbox": "Yes"}


def test_errors_stand_at_their_fields_and_what_was_typed_is_kept(form: ContactForm) -> None:
    response = send_form(form, f__name="", f__e_mail="ada@")
    html = response.content.decode()
    assert response.status_code == 200
    assert 'id="contact-form-f-name_error"' in html
    assert 'href="#contact-form-f-e_mail"' in html
    assert "dishwasher safe?</textarea>" in html
    assert 'value="ada@"' in html
    assert nothing_was_kept()


def test_a_page_of_errors_leads_back_to_where_the_form_stood(form: ContactForm) -> None:
    html = send_form(form, f__name="", page=str(StoryIndexPage.objects.get().pk)).content.decode()
    assert "Back to “Stories”" in html
    assert 'href="/stories/"' in html


@pytest.mark.parametrize("page", ["", "-1", "0", "999999", "abc", "²", "9" * 30])
def test_a_page_that_is_none_is_passed_over(form: ContactForm, page: str) -> None:
    assert send_form(form, page=page).status_code == 302
    assert FormSubmission.objects.get().source_page is None


def test_a_post_from_another_site_is_refused(form: ContactForm) -> None:
    response = send_form(form, headers={"HTTP_SEC_FETCH_SITE": "cross-site"})
    assert response.status_code == 403
    assert nothing_was_kept()


def test_a_robot_in_the_trap_is_thanked_and_nothing_is_kept(form: ContactForm) -> None:
    response = send_form(form, website="https://spam.example")
    assert (response.status_code, response.url) == (302, f"/forms/{form.pk}/thanks/")
    assert nothing_was_kept()


@pytest.mark.parametrize(
    ("stamp", "text"),
    [
        ({"seconds_ago": 0}, "That was very quick."),
        ({"seconds_ago": 25 * 60 * 60}, "open for more than a day"),
        ({"purpose": "form-0"}, "Something got lost on the way."),
    ],
)
def test_a_stamp_that_does_not_fit_asks_to_send_again(
    form: ContactForm, stamp: dict, text: str
) -> None:
    made = stamp_of(**{"purpose": f"form-{form.pk}", **stamp})
    response = send_form(form, stamp=made)
    assert response.status_code == 200
    assert text in response.content.decode()
    assert "dishwasher safe?</textarea>" in response.content.decode()
    assert nothing_was_kept()


@pytest.mark.parametrize("stamp", ["", "x", "W10:1abc:x", "\x00"])
def test_a_stamp_that_is_not_ours_keeps_nothing(form: ContactForm, stamp: str) -> None:
    assert send_form(form, stamp=stamp).status_code == 200
    assert nothing_was_kept()


def test_a_second_click_sends_nothing_again(form: ContactForm) -> None:
    stamp = stamp_of(f"form-{form.pk}")
    for _click in range(3):
        assert send_form(form, stamp=stamp).status_code == 302
    assert FormSubmission.objects.count() == 1
    assert ContactEmail.objects.count() == 2


def test_two_people_may_send_the_same_words(form: ContactForm) -> None:
    stamp = stamp_of(f"form-{form.pk}")
    for address in ("192.0.2.1", "192.0.2.2"):
        send_form(form, stamp=stamp, headers={**SAME_ORIGIN, "REMOTE_ADDR": address})
    assert FormSubmission.objects.count() == 2


def test_who_sends_too_often_waits_and_loses_nothing(form: ContactForm) -> None:
    for number in range(10):
        assert send_form(form, f__message=f"Number {number}").status_code == 302
    response = send_form(form, f__message="Number 10")
    assert response.status_code == 429
    assert "Number 10</textarea>" in response.content.decode()
    assert FormSubmission.objects.count() == 10
    elsewhere = {**SAME_ORIGIN, "REMOTE_ADDR": "192.0.2.9"}
    assert send_form(form, headers=elsewhere).status_code == 302


def test_control_characters_are_refused(form: ContactForm) -> None:
    assert send_form(form, f__message="Hello\u202egnp.exe").status_code == 200
    assert send_form(form, f__name="A\x00da").status_code == 200
    assert nothing_was_kept()


def test_the_sender_and_the_shop_get_a_mail_each(form: ContactForm) -> None:
    send_form(form, f__message="<b>secret</b> words")
    assert OUTBOX.process() == 2
    assert OUTBOX.process() == 0
    confirmation, notice = mail.outbox
    assert confirmation.to == ["ada@example.com"]
    assert confirmation.subject == "We have received it: Ask us"
    assert "We have it.\n\nYou hear from us soon." in confirmation.body
    assert notice.to == ["desk@example.com"]
    assert notice.subject == "A new message: Ask us"
    pk = FormSubmission.objects.get().pk
    assert f"http://testserver/admin/contact/messages/inspect/{pk}/" in notice.body
    for message in (confirmation, notice):
        # An address can be anybody's: a stranger's words must not be mailed to it.
        assert "secret" not in message.body + message.alternatives[0][0]


def test_no_mail_is_written_that_nobody_asked_for(form: ContactForm) -> None:
    ContactForm.objects.update(confirmation_text="", notify_email="")
    send_form(form)
    assert FormSubmission.objects.count() == 1
    assert not ContactEmail.objects.exists()


def test_a_broker_that_is_down_loses_no_mail(
    form: ContactForm, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    def down(*args: object, **kwargs: object) -> None:
        raise OSError("refused")

    monkeypatch.setattr("celery.Celery.send_task", down)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert send_form(form).status_code == 302
    assert OUTBOX.process() == 2


def test_a_form_that_was_deleted_leaves_its_messages_and_sends_no_mail(form: ContactForm) -> None:
    send_form(form)
    form.delete()
    assert OUTBOX.process() == 0
    assert FormSubmission.objects.get().form_title == "Ask us"
    assert set(ContactEmail.objects.values_list("state", flat=True)) == {"failed"}
    assert mail.outbox == []
