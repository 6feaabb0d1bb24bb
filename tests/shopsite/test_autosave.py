"""An autosave that comes late never covers what was saved meanwhile."""

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import HomePage, StoryIndexPage, StoryPage
from tests.factories import make_user


def make_story() -> StoryPage:
    story = StoryPage(title="Begun", slug="begun", live=False)
    StoryIndexPage.objects.get().add_child(instance=story)
    return story


@transaction.atomic
def autosave(story: StoryPage, *, user: AbstractBaseUser, overwrite: Revision) -> None:
    story.save()  # As the editor does with a draft, which also writes what it knew as latest.
    story.save_revision(user=user, overwrite_revision=overwrite)


def test_an_autosave_that_save_has_overtaken_is_refused_and_covers_nothing(site: HomePage) -> None:
    user = make_user("editor")
    story = make_story()
    first = story.save_revision(user=user)
    late = StoryPage.objects.get(pk=story.pk)
    saved = StoryPage.objects.get(pk=story.pk)
    saved.title = "Saved"
    second = saved.save_revision(user=user)

    late.title = "Typed before"
    with pytest.raises(PermissionDenied):
        autosave(late, user=user, overwrite=first)

    story.refresh_from_db()
    assert story.latest_revision == second
    assert story.get_latest_revision_as_object().title == "Saved"
    first.refresh_from_db()
    assert first.content["title"] == "Begun"


def test_an_autosave_in_time_overwrites_the_one_before(site: HomePage) -> None:
    user = make_user("editor")
    story = make_story()
    first = story.save_revision(user=user)
    story = StoryPage.objects.get(pk=story.pk)
    story.title = "Further"
    again = story.save_revision(user=user, overwrite_revision=first)
    assert again == first
    assert story.revisions.get().content["title"] == "Further"


def test_a_slug_that_is_taken_while_a_page_is_published_is_said_in_the_form(
    site: HomePage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it happens when a new page saves itself between the check and the saving of its form."""
    client.force_login(make_user("chief", is_superuser=True))
    index = StoryIndexPage.objects.get()
    monkeypatch.setattr(StoryPage, "check_publishable", lambda _page: make_story(), raising=False)
    address = reverse("wagtailadmin_pages:add", args=["home", "storypage", index.pk])
    values = nested_form_data(
        {
            "title": "Typed with care", "slug": "begun", "intro": "", "body": streamfield([]),
            "comments": inline_formset([]), "action-publish": "1",
        }
    )  # fmt: skip
    response = client.post(address, values)
    assert response.status_code == 200
    html = response.content.decode()
    assert "is already in use" in html
    assert 'value="Typed with care"' in html
    assert not StoryPage.objects.filter(title="Typed with care").exists()
