"""An autosave that comes late never covers what was saved meanwhile."""

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Revision

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
