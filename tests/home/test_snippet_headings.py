import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains
from wagtail.snippets.models import get_snippet_models

from orders.models import MailText
from products.models import Section
from shopsite.contact.models import ContactForm

pytestmark = pytest.mark.django_db

HEADING = '<h1 class="w-sr-only">{}</h1>'


def make(model: type) -> object:
    return {
        MailText: lambda: MailText.objects.earliest("pk"),
        Section: lambda: Section.objects.create(title="Spring"),
        ContactForm: lambda: ContactForm.objects.create(title="Spring"),
    }[model]()


def test_every_editor_of_a_snippet_has_a_first_heading(admin_client: Client):
    for model in get_snippet_models():
        snippet = make(model)
        url = reverse(model.snippet_viewset.get_url_name("edit"), args=[snippet.pk])
        assertContains(admin_client.get(url), HEADING.format(f"Editing: {snippet}"), html=True)


@pytest.mark.parametrize("model", [Section, ContactForm])
def test_the_page_of_a_new_snippet_has_a_first_heading(model: type, admin_client: Client):
    title = f"New: {model._meta.verbose_name.capitalize()}"
    answer = admin_client.get(reverse(model.snippet_viewset.get_url_name("add")))
    assertContains(answer, HEADING.format(title), html=True)
