"""Posts what Wagtail's page editor posts: the fields of its own form, as it was served."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def revert_url(revision: Revision) -> str:
    args = [int(revision.object_id), revision.pk]
    return reverse("wagtailadmin_pages:revisions_revert", args=args)


def editor_form(client: Client, url: str, **changes: Any) -> QueryDict:
    """The form as the browser would send it back, with `changes`. Empty streams are added: their
    fields are drawn by a script, so that they are not in the HTML."""
    html = client.get(url).content.decode()
    data = querydict_from_html(html, form_id="page-edit-form").copy()
    for name in [name for name in data if name.startswith("action-")]:
        del data[name]
    empty = nested_form_data({name: streamfield([]) for name in ("body", "after_purchase")})
    fields = {**empty, **changes}
    for name, value in fields.items():
        data[name] = str(value)
    return data


def save(client: Client, page: Page, **changes: Any) -> HttpResponse:
    return client.post(edit_url(page), editor_form(client, edit_url(page), **changes))


def publish(client: Client, page: Page, **changes: Any) -> HttpResponse:
    return save(client, page, **changes, **{"action-publish": "1"})


def autosave(client: Client, page: Page, form: QueryDict, **changes: Any) -> HttpResponse:
    """What the editor of Wagtail 8 sends by itself: the form, asking for JSON."""
    data = form.copy()
    for name, value in changes.items():
        data[name] = str(value)
    return client.post(edit_url(page), data, headers={"accept": "application/json"})
