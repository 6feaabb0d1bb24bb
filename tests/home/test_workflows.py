"""The way of a story into the world, through Wagtail's own views: who may do what on it."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import (
    GroupApprovalTask,
    Page,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from home.granting import create_roles
from home.models import HomePage, LandingIndexPage, LandingPage, StoryIndexPage, StoryPage
from home.roles import CHIEFS, EDITORS, MARKETERS
from tests.factories import make_product_page, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(site: HomePage) -> dict[str, Client]:
    """An editor, a chief and a marketer, each with a browser of their own."""
    create_roles()
    return {group: log_in(group) for group in (EDITORS, CHIEFS, MARKETERS)}


def log_in(group: str) -> Client:
    client = Client()
    client.force_login(make_user(group, group=group))
    return client


def make_story(*, live: bool = False) -> StoryPage:
    story = StoryPage(title="Water first", slug="water-first", live=live)
    StoryIndexPage.objects.get().add_child(instance=story)
    story.save_revision()
    return story


def make_landing_page() -> LandingPage:
    page = LandingPage(title="Summer", slug="summer", live=False)
    LandingIndexPage.objects.get().add_child(instance=page)
    page.save_revision()
    return page


def form_of(page: Page, **action: str) -> dict[str, Any]:
    return {
        "title": page.title, "slug": page.slug, "summary": "", "author_name": "", "cover": "",
        "cover_alt": "", "body-count": "0", "after_purchase-count": "0",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        "pictures-TOTAL_FORMS": "0", "pictures-INITIAL_FORMS": "0",
        **action,
    }  # fmt: skip


def save(client: Client, page: Page, action: str) -> None:
    """Presses a button of the page's editor."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(url, form_of(page, **{f"action-{action}": f"action-{action}"}))


def act(client: Client, page: Page, action: str) -> int:
    """Approves or rejects where the page's workflow stands; returns how the view answered."""
    state = page.current_workflow_task_state
    assert state is not None
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return int(client.post(url, {"comment": ""}).status_code)


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def task_of(page: Page) -> str | None:
    task = Page.objects.get(pk=page.pk).current_workflow_task
    return task.name if task else None


def bulk_publish(client: Client, *pages: Page) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    ids = "&".join(f"id={page.pk}" for page in pages)
    client.post(f"{url}?{ids}&next=/admin/", {"include_descendants": "on"})


# --- The workflow itself ----------------------------------------------------------------------


def tasks_of(page: Page) -> list[tuple[str, list[str]]]:
    workflow = page.get_workflow()
    return [
        (task.name, sorted(group.name for group in task.specific.groups.all()))
        for task in workflow.tasks
    ]


def test_stories_are_read_by_an_editor_and_then_by_the_chief(people: dict[str, Client]) -> None:
    assert tasks_of(make_story()) == [
        ("Read by an editor", ["Editors", "Editors in chief"]),
        ("Approval by the editor in chief", ["Editors in chief"]),
    ]


def test_running_it_again_makes_nothing_twice(people: dict[str, Client]) -> None:
    models = (Workflow, GroupApprovalTask, WorkflowTask, WorkflowPage)
    before = [set(model.objects.values_list("pk", flat=True)) for model in models]
    create_roles()
    assert [set(model.objects.values_list("pk", flat=True)) for model in models] == before


def test_the_button_reads_like_approval_also_where_it_read_like_publishing(
    people: dict[str, Client],
) -> None:
    workflow = StoryIndexPage.objects.get().get_workflow()
    Workflow.objects.filter(pk=workflow.pk).update(name="Stories")
    count = Workflow.objects.count()
    create_roles()
    renamed = StoryIndexPage.objects.get().get_workflow()
    assert (renamed.pk, renamed.name) == (workflow.pk, "approval")
    assert len(renamed.tasks) == 2
    assert Workflow.objects.count() == count


def test_another_workflow_of_the_former_name_keeps_it(people: dict[str, Client]) -> None:
    Workflow.objects.create(name="Stories")
    create_roles()
    assert Workflow.objects.filter(name="Stories").count() == 1
    assert make_story().get_workflow().name == "approval"


def test_what_somebody_arranged_stays(people: dict[str, Client]) -> None:
    own = Workflow.objects.create(name="Quick")
    WorkflowPage.objects.filter(page=StoryIndexPage.objects.get()).update(workflow=own)
    WorkflowTask.objects.filter(task__name="Read by an editor").delete()
    create_roles()
    assert make_story().get_workflow() == own
    tasks = Workflow.objects.get(name="approval").tasks
    assert [task.name for task in tasks] == ["Approval by the editor in chief"]


# --- Stories ----------------------------------------------------------------------------------


def test_a_story_goes_from_the_editor_over_a_second_one_to_the_chief_and_live(
    people: dict[str, Client],
) -> None:
    story = make_story()
    save(people[EDITORS], story, "submit")
    assert task_of(story) == "Read by an editor"
    second = log_in_as_another_editor()
    assert act(second, story, "approve") == 302
    assert (task_of(story), is_live(story)) == ("Approval by the editor in chief", False)
    assert act(people[CHIEFS], story, "approve") == 302
    assert (task_of(story), is_live(story)) == (None, True)
    assert Client().get("/stories/water-first/").status_code == 200


def test_a_chief_is_not_asked_twice_about_one_story(people: dict[str, Client]) -> None:
    story = make_story()
    save(people[EDITORS], story, "submit")
    assert act(people[CHIEFS], story, "approve") == 302
    assert (task_of(story), is_live(story)) == (None, True)
    states = TaskState.objects.order_by("pk").values_list("status", "finished_by__username")
    assert list(states) == [("approved", CHIEFS), ("approved", CHIEFS)]


def test_a_step_without_an_approval_of_the_same_person_waits(people: dict[str, Client]) -> None:
    """A third step, of nobody in particular, comes after the chief's two."""
    proof = GroupApprovalTask.objects.create(name="Proof")
    workflow = StoryIndexPage.objects.get().get_workflow()
    WorkflowTask.objects.create(workflow=workflow, task=proof, sort_order=9)
    story = make_story()
    save(people[EDITORS], story, "submit")
    act(people[CHIEFS], story, "approve")
    assert (task_of(story), is_live(story)) == ("Proof", False)


def log_in_as_another_editor() -> Client:
    user = make_user("another")
    user.groups.add(Group.objects.get(name=EDITORS))
    client = Client()
    client.force_login(user)
    return client


def test_a_chief_may_send_a_story_back(people: dict[str, Client]) -> None:
    story = make_story()
    save(people[EDITORS], story, "submit")
    act(people[EDITORS], story, "approve")
    act(people[CHIEFS], story, "reject")
    state = WorkflowState.objects.get()
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert is_live(story) is False


def test_an_editor_cannot_approve_in_the_place_of_the_chief(people: dict[str, Client]) -> None:
    story = make_story()
    save(people[EDITORS], story, "submit")
    act(people[EDITORS], story, "approve")
    act(people[EDITORS], story, "approve")
    assert (task_of(story), is_live(story)) == ("Approval by the editor in chief", False)


@pytest.mark.parametrize("group", [EDITORS, MARKETERS])
def test_only_a_chief_publishes_a_story(people: dict[str, Client], group: str) -> None:
    story = make_story()
    save(people[group], story, "publish")
    bulk_publish(people[group], story)
    bulk_publish(people[group], StoryIndexPage.objects.get())
    assert is_live(story) is False
    bulk_publish(people[CHIEFS], story)
    assert is_live(story) is True


def test_an_editor_can_neither_unpublish_nor_schedule_a_story(people: dict[str, Client]) -> None:
    story = make_story(live=True)
    people[EDITORS].post(reverse("wagtailadmin_pages:unpublish", args=[story.pk]))
    assert is_live(story) is True
    draft = make_another_draft()
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    people[EDITORS].post(url, form_of(draft, go_live_at="2020-01-01 00:00"))
    assert is_live(draft) is False
    assert not Page.objects.get(pk=draft.pk).approved_schedule


def make_another_draft() -> StoryPage:
    story = StoryPage(title="Clay", slug="clay", live=False)
    StoryIndexPage.objects.get().add_child(instance=story)
    story.save_revision()
    return story


# --- Landing pages and products ---------------------------------------------------------------


def test_a_marketer_publishes_landing_pages_one_by_one_and_in_bulk(
    people: dict[str, Client],
) -> None:
    page = make_landing_page()
    save(people[MARKETERS], page, "publish")
    assert is_live(page) is True
    page.unpublish()
    bulk_publish(people[MARKETERS], page)
    assert is_live(page) is True


def test_a_marketer_publishes_no_product_whatever_way_they_take(people: dict[str, Client]) -> None:
    product = make_product_page("Mug", sku="MUG", picture=True, live=False)
    shop = product.get_parent()
    save(people[MARKETERS], product, "publish")
    bulk_publish(people[MARKETERS], product)
    bulk_publish(people[MARKETERS], shop)
    save(people[MARKETERS], product, "submit")
    assert WorkflowState.objects.count() == 0
    # Not even by approving what an editor submitted.
    save(people[EDITORS], product, "submit")
    assert task_of(product) == "Approval by editors in chief"
    act(people[MARKETERS], product, "approve")
    assert is_live(product) is False
    act(people[CHIEFS], product, "approve")
    assert is_live(product) is True


def test_a_page_of_each_kind_in_one_bulk_publishes_only_the_own(people: dict[str, Client]) -> None:
    landing, story = make_landing_page(), make_story()
    product = make_product_page("Mug", sku="MUG", picture=True, live=False)
    bulk_publish(people[MARKETERS], landing, story, product)
    assert [is_live(page) for page in (landing, story, product)] == [True, False, False]


def test_an_editor_publishes_products_and_no_landing_pages(people: dict[str, Client]) -> None:
    product = make_product_page("Mug", sku="MUG", picture=True, live=False)
    landing = make_landing_page()
    bulk_publish(people[EDITORS], product)
    bulk_publish(people[EDITORS], landing)
    save(people[EDITORS], landing, "publish")
    assert [is_live(page) for page in (product, landing)] == [True, False]
