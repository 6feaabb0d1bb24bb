"""Forms and the newsletter inside of pages."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from home.models import HomePage, LandingIndexPage, LandingPage
from shopsite.contact.models import ContactForm, FormSubmission, NewsletterSubscription
from tests.blocks.drawing import draw
from tests.contact.sending import SAME_ORIGIN, forget_counters
from tests.factories import make_contact_form


@pytest.fixture
def page(site: HomePage) -> LandingPage:
    forget_counters()
    page = LandingPage(
        title="Summer",
        slug="summer",
        body=[
            ("form", {"heading": "Talk to us", "form": make_contact_form()}),
            ("form", {"heading": "", "form": make_contact_form("Wishes")}),
            (
                "newsletter",
                {
                    "heading": "Letters", "text": "", "button_label": "Join",
                    "consent_text": "Yes, four letters a year.",
                },
            ),
        ],
    )  # fmt: skip
    LandingIndexPage.objects.get().add_child(instance=page)
    return page


def in_a_minute() -> time_machine.travel:
    return time_machine.travel(datetime.now(UTC) + timedelta(minutes=1), tick=False)


def hidden(html: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}"\s+value="([^"]*)"', html)


def test_a_form_in_a_page_can_be_sent_with_what_the_page_holds(page: LandingPage) -> None:
    html = Client().get(page.url).content.decode()
    assert "Talk to us" in html
    assert "Wishes" in html
    assert len(set(re.findall(r' id="(form-[^"]+)"', html))) == 12
    stamps = hidden(html, "stamp")
    data = {"f-name": "Ada", "f-e_mail": "ada@example.com", "f-message": "Hello"}
    form = ContactForm.objects.get(title="Ask us")
    with in_a_minute():
        response = Client().post(
            f"/forms/{form.pk}/",
            {**data, "stamp": stamps[0], "page": hidden(html, "page")[0]},
            **SAME_ORIGIN,
        )
    assert response.status_code == 302
    assert FormSubmission.objects.get().source_page.pk == page.pk


def test_the_words_of_the_block_are_those_that_are_kept(page: LandingPage) -> None:
    html = Client().get(page.url).content.decode()
    data = {"email": "ada@example.com", "stamp": hidden(html, "stamp")[2]}
    data["page"] = hidden(html, "page")[2]
    with in_a_minute():
        assert Client().post("/newsletter/", data, **SAME_ORIGIN).status_code == 302
    subscription = NewsletterSubscription.objects.get()
    assert subscription.consent_text == "Yes, four letters a year."
    assert subscription.source_address == "http://testserver/campaigns/summer/"


def test_a_form_that_is_gone_leaves_nothing(site: HomePage) -> None:
    assert draw("form", {"heading": "Talk to us", "form": None}) == ""
    assert "the form is gone" in draw("form", {"heading": "", "form": None}, is_preview=True)
