"""Forms, messages and the newsletter's list in the admin."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from home.granting import create_roles
from home.models import HomePage, LandingIndexPage, LandingPage
from home.roles import MARKETERS, SHOP_STAFF
from shopsite.contact.models import ContactForm, FormSubmission, NewsletterSubscription
from tests.contact.sending import send_form, sign_up
from tests.export_history import export_history
from tests.factories import make_contact_form, make_user

pytestmark = pytest.mark.usefixtures("indexes")

MESSAGES = "/admin/contact/messages/"
NEWSLETTER = "/admin/contact/newsletter/"


def logged_in(name: str) -> Client:
    client = Client()
    client.force_login(make_user(name, group=name))
    return client


@pytest.fixture
def staff(site: HomePage) -> Client:
    create_roles()
    return logged_in(SHOP_STAFF)


@pytest.fixture
def marketer(site: HomePage) -> Client:
    create_roles()
    return logged_in(MARKETERS)


def rows_of_csv(response) -> list[str]:
    return b"".join(response.streaming_content).decode().splitlines()


def field_rows(*rows: tuple[str, str, str]) -> dict[str, str]:
    """What the editor's form posts of a form's fields: label, kind, choices."""
    data = {
        "fields-TOTAL_FORMS": str(len(rows)), "fields-INITIAL_FORMS": "0",
        "fields-MIN_NUM_FORMS": "1", "fields-MAX_NUM_FORMS": "30",
    }  # fmt: skip
    for number, (label, kind, choices) in enumerate(rows):
        row = {
            "label": label, "field_type": kind, "choices": choices, "required": "on",
            "help_text": "", "default_value": "", "id": "", "ORDER": str(number + 1),
        }  # fmt: skip
        data |= {f"fields-{number}-{name}": value for name, value in row.items()}
    return data


FORM = {
    "title": "Ask us", "intro": "", "button_label": "Send", "note": "null", "thanks": "Thank you.",
    "notify_email": "", "confirmation_text": "",
}  # fmt: skip


def test_a_marketer_builds_a_form(marketer: Client) -> None:
    url = reverse("wagtailsnippets_contact_contactform:add")
    assert marketer.get(url).status_code == 200
    fields = field_rows(("Name", "singleline", ""), ("Color", "radio", "Red\nBlue"))
    assert marketer.post(url, {**FORM, **fields}).status_code == 302
    form = ContactForm.objects.get()
    assert [field.clean_name for field in form.fields.all()] == ["name", "color"]
    html = Client().get(f"/forms/{form.pk}/").content.decode()
    assert "Blue" in html


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("Name", "singleline", ""), ("name", "email", "")], "Another field has this label"),
        ([("Color", "dropdown", " ")], "Enter what can be chosen"),
        ([], "Please submit at least 1 form."),
    ],
)
def test_a_form_that_could_not_be_filled_in_is_not_saved(
    marketer: Client, rows: list, message: str
) -> None:
    url = reverse("wagtailsnippets_contact_contactform:add")
    response = marketer.post(url, {**FORM, **field_rows(*rows)})
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not ContactForm.objects.exists()


def test_it_is_said_where_a_form_is_used(marketer: Client) -> None:
    form = make_contact_form()
    page = LandingPage(title="Summer", slug="summer", body=[("form", {"form": form})])
    LandingIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    url = reverse("wagtailsnippets_contact_contactform:usage", args=[form.pk])
    assert "Summer" in marketer.get(url).content.decode()


def test_the_staff_reads_what_was_sent(staff: Client) -> None:
    send_form(make_contact_form(), f__message="<script>alert(1)</script>")
    assert "ada@example.com" in staff.get(MESSAGES).content.decode()
    pk = FormSubmission.objects.get().pk
    html = staff.get(f"{MESSAGES}inspect/{pk}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert(1)" not in html


def test_a_superuser_is_offered_no_way_to_change_them(site: HomePage) -> None:
    send_form(make_contact_form())
    sign_up()
    client = Client()
    client.force_login(make_user("root", is_superuser=True))
    message, subscription = FormSubmission.objects.get(), NewsletterSubscription.objects.get()
    for address in (f"{MESSAGES}inspect/{message.pk}/", f"{NEWSLETTER}inspect/{subscription.pk}/"):
        response = client.get(address)
        assert response.status_code == 200
        assert "/edit/" not in response.content.decode()


def test_messages_of_several_forms_are_exported_with_all_their_fields(staff: Client) -> None:
    send_form(make_contact_form("First"), f__name='=HYPERLINK("http://evil.example")')
    form = make_contact_form("Second")
    form_field = form.fields.get(label="Message")
    form_field.label = "+Wish"
    form_field.save()
    send_form(form, f__message="Two\r\nlines")
    rows = rows_of_csv(staff.get(f"{MESSAGES}?export=csv"))
    assert rows[0] == "Sent,Form,Page,E-mail of the sender,Name,E-mail,About,'+Wish,Message"
    assert len(rows) == 3
    assert '"\'=HYPERLINK(""http://evil.example"")"' in rows[2]
    assert rows[1].endswith(",Ada,ada@example.com,A product,Two lines,")
    workbook = load_workbook(BytesIO(b"".join(staff.get(f"{MESSAGES}?export=xlsx"))))
    cells = [cell for row in workbook.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"inlineStr", "s", "n"}
    assert '\'=HYPERLINK("http://evil.example")' in [cell.value for cell in cells]


def test_messages_are_exported_as_the_list_is_filtered(staff: Client) -> None:
    send_form(make_contact_form("First"))
    second = make_contact_form("Second")
    send_form(second)
    rows = rows_of_csv(staff.get(f"{MESSAGES}?export=csv&form={second.pk}"))
    assert [row.split(",")[1] for row in rows] == ["Form", "Second"]


def test_the_newsletter_is_exported_with_what_was_agreed_to(staff: Client) -> None:
    sign_up()
    rows = rows_of_csv(staff.get(f"{NEWSLETTER}?export=csv&state=open"))
    subscription = NewsletterSubscription.objects.get()
    assert rows[0] == (
        "E-mail,State,Signed up,Confirmed,Ended,Agreed to,On which page,Link to unsubscribe"
    )
    assert rows[1].startswith("ada@example.com,Not confirmed,")
    assert rows[1].endswith(
        f',"Yes, write to me.",http://testserver/newsletter/,{subscription.unsubscribe_url}'
    )
    assert len(rows_of_csv(staff.get(f"{NEWSLETTER}?export=csv&state=active"))) == 1


def test_taking_messages_or_addresses_along_stands_in_the_history(staff: Client) -> None:
    send_form(make_contact_form("First"))
    second = make_contact_form("Second")
    send_form(second)
    sign_up()
    for address in (MESSAGES, NEWSLETTER):
        staff.get(address)
        staff.get(f"{address}results/")
    rows_of_csv(staff.get(f"{MESSAGES}?export=csv&q=ada@example.com"))
    b"".join(staff.get(f"{MESSAGES}?export=xlsx&form={second.pk}"))
    rows_of_csv(staff.get(f"{NEWSLETTER}?export=csv"))
    assert export_history("contact.export_messages") == [
        (SHOP_STAFF, "2 messages were taken along as CSV.", {"count": 2, "format": "csv"}),
        (SHOP_STAFF, "1 message was taken along as XLSX.", {"count": 1, "format": "xlsx"}),
    ], "Nor what was searched for."
    assert export_history("contact.export_subscriptions") == [
        (
            SHOP_STAFF, "1 address of the newsletter was taken along as CSV.",
            {"count": 1, "format": "csv"},
        ),
    ]  # fmt: skip


def test_the_staff_deletes_who_wants_to_be_forgotten(staff: Client) -> None:
    sign_up()
    pk = NewsletterSubscription.objects.get().pk
    assert staff.post(f"{NEWSLETTER}delete/{pk}/").status_code == 302
    assert not NewsletterSubscription.objects.exists()


def test_a_marketer_reads_no_message_and_no_address(marketer: Client) -> None:
    send_form(make_contact_form())
    sign_up()
    message, subscription = FormSubmission.objects.get(), NewsletterSubscription.objects.get()
    for address in (
        MESSAGES,
        f"{MESSAGES}results/",
        f"{MESSAGES}?export=csv",
        f"{MESSAGES}inspect/{message.pk}/",
        f"{MESSAGES}delete/{message.pk}/",
        NEWSLETTER,
        f"{NEWSLETTER}?export=xlsx",
        f"{NEWSLETTER}inspect/{subscription.pk}/",
    ):
        assert marketer.get(address).status_code == 302, address
    assert marketer.post(f"{MESSAGES}delete/{message.pk}/").status_code == 302
    assert FormSubmission.objects.count() == 1


def test_who_may_read_but_not_export_takes_nothing_along(staff: Client) -> None:
    group = Group.objects.get(name=SHOP_STAFF)
    group.permissions.remove(Permission.objects.get(codename="export_formsubmission"))
    send_form(make_contact_form())
    assert "Download CSV" not in staff.get(MESSAGES).content.decode()
    assert staff.get(f"{MESSAGES}?export=csv").status_code in (302, 403)
    assert export_history("contact.export_messages") == []


def test_the_list_costs_the_same_for_two_and_for_forty(staff: Client) -> None:
    form = make_contact_form()
    page = HomePage.objects.get()
    counts = []
    staff.get(MESSAGES)
    for number in (2, 38):
        FormSubmission.objects.bulk_create(
            FormSubmission(
                form=form, form_title="Ask us", answers=[], source_page=page, digest=f"{number}-{n}"
            )
            for n in range(number)
        )
        with CaptureQueriesContext(connection) as queries:
            staff.get(f"{MESSAGES}?p=1")
        counts.append(len(queries))
    assert counts[0] == counts[1]
