"""The first page of the admin: each person sees what waits for them, and where to do it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query
from wagtail.models import Workflow

from checkout.models import WebhookEvent
from home.campaigns import campaigns_ending_soon
from home.dashboard.panel import starts_of, tasks_of
from home.granting import create_roles
from home.models import (
    HomePage,
    LandingIndexPage,
    LandingPage,
    LandingTemplatesPage,
    SearchOutcome,
    StoryIndexPage,
    StoryPage,
)
from home.roles import CHIEFS, EDITORS, MARKETERS, SHOP_STAFF
from home.template_seeds import create_landing_templates
from orders.status import OrderStatus
from shopsite.cms.models import BrandSettings
from tests.factories import make_order, make_product, make_product_page, make_user

GROUPS = {
    "editor": EDITORS, "chief": CHIEFS, "marketer": MARKETERS, "clerk": SHOP_STAFF,
}  # fmt: skip
NOTHING = "Nothing waits for you."


@pytest.fixture
def people(site: HomePage) -> dict[str, User]:
    create_roles()
    users = {name: make_user(name, group=group) for name, group in GROUPS.items()}
    return {**users, "admin": make_user("admin", is_superuser=True)}


def waiting(user: User) -> dict[str, int]:
    fresh = User.objects.get(pk=user.pk)  # Permissions are remembered by the object.
    return {str(task.label): task.count for task in tasks_of(fresh)}


def make_story(title: str, *, owner: User | None = None) -> StoryPage:
    story = StoryPage(title=title, live=False, owner=owner)
    StoryIndexPage.objects.get().add_child(instance=story)
    story.save_revision()
    return story


def make_landing_page(title: str, *, live: bool = True, **fields: object) -> LandingPage:
    page = LandingPage(title=title, live=False, **fields)
    LandingIndexPage.objects.get().add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return page


def submit(story: StoryPage, user: User) -> None:
    Workflow.objects.get(name="approval").start(story, user)


def make_something_of_everything(people: dict[str, User]) -> None:
    """One more of each thing that can wait for somebody."""
    number = StoryPage.objects.count()
    make_story(f"A draft {number}")
    make_story(f"A story {number}").get_latest_revision().publish()
    submit(make_story(f"Submitted {number}", owner=people["editor"]), people["editor"])
    make_product_page(f"A draft of a mug {number}", live=False, picture=True)
    make_product_page(f"A sold out mug {number}", on_hand=0, picture=True)
    make_product(f"Low {number}", on_hand=2)
    make_landing_page(f"Draft {number}", live=False)
    make_landing_page(f"Ends {number}", expire_at=timezone.now() + timedelta(days=2))
    make_order(status=OrderStatus.PAID)
    make_order(status=OrderStatus.REVIEW)
    WebhookEvent.objects.create(
        event_id=f"evt_{number}", type="refund.created", state="failed", created_at=timezone.now()
    )
    query = Query.get(f"samovar {number}")
    query.add_hit()
    SearchOutcome.objects.create(query=query, found=0, searched_at=timezone.now())


# --- What each of them sees --------------------------------------------------------------------


def test_nobody_has_anything_to_do_in_a_new_shop(people: dict[str, User]) -> None:
    assert {name: waiting(user) for name, user in people.items()} == {name: {} for name in people}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "editor",
            {
                "Waiting for your approval": 1,
                "On their way to be approved": 1,
                "Stories in draft": 2,
                "Product pages in draft": 1,
                "Products: Live but cannot be bought": 1,
            },
        ),
        (
            "marketer",
            {
                "Searches that found nothing": 1,
                "Landing pages in draft": 1,
                "Campaigns that end within a week": 1,
            },
        ),
        (
            "clerk",
            {
                "Orders that need attention": 1,
                "Orders to ship": 1,
                "Events of Stripe’s that could not be taken in": 1,
                "Variants running low": 1,
                "Variants sold out": 1,
            },
        ),
    ],
)
def test_people_see_what_is_theirs_to_do(
    people: dict[str, User], name: str, expected: dict[str, int]
) -> None:
    make_something_of_everything(people)
    assert waiting(people[name]) == expected


def test_as_many_orders_need_attention_as_the_order_desk_says(
    people: dict[str, User], client: Client
) -> None:
    make_order(status=OrderStatus.REVIEW)
    make_order(status=OrderStatus.PAID).lines.update(allocated=0)
    assert waiting(people["clerk"]) == {"Orders that need attention": 2, "Orders to ship": 1}
    client.force_login(people["clerk"])
    desk = client.get("/admin/orders/order/").content.decode()
    assert "2 orders need attention" in desk


def test_the_chief_approves_what_an_editor_has_read(people: dict[str, User]) -> None:
    story = make_story("The kiln", owner=people["editor"])
    submit(story, people["editor"])
    story.current_workflow_task_state.approve(user=people["editor"])
    assert waiting(people["chief"])["Waiting for your approval"] == 1
    assert "Waiting for your approval" not in waiting(people["editor"])


def test_a_story_that_was_sent_back_waits_for_its_editor(people: dict[str, User]) -> None:
    story = make_story("The kiln", owner=people["editor"])
    submit(story, people["editor"])
    story.current_workflow_task_state.reject(user=people["chief"])
    assert waiting(people["editor"]) == {"Sent back with a request": 1, "Stories in draft": 1}


def test_templates_are_no_drafts(people: dict[str, User]) -> None:
    create_landing_templates(user=people["admin"])
    assert LandingTemplatesPage.objects.get().get_children().count() == 3
    assert waiting(people["marketer"]) == {}


def test_an_announcement_that_ends_soon_waits_for_the_marketer(people: dict[str, User]) -> None:
    brand = BrandSettings.load()
    brand.announcement = "Free delivery."
    brand.announcement_until = timezone.now() + timedelta(days=3)
    brand.save()
    assert waiting(people["marketer"]) == {"Announcement that ends within a week": 1}
    assert waiting(people["editor"]) == {}


def test_a_campaign_ends_with_its_page_or_with_a_block_of_it(site: HomePage) -> None:
    now = timezone.now()
    soon, later, gone = (now + timedelta(days=days) for days in (6, 8, -1))
    text = {"text": "<p>Spring.</p>"}
    countdown = {"heading": "Ends", "ends_at": soon}
    ending = [
        make_landing_page("By its page", expire_at=soon),
        make_landing_page("By a block", body=[("text", {**text, "show_until": soon})]),
        make_landing_page("By a countdown", body=[("countdown", countdown)]),
    ]
    make_landing_page("Later", expire_at=later)
    make_landing_page("Over", body=[("text", {**text, "show_until": gone})])
    make_landing_page("A draft", live=False, expire_at=soon)
    assert campaigns_ending_soon() == [page.pk for page in ending]


def test_people_begin_with_what_they_may_make(people: dict[str, User]) -> None:
    starts = {name: [str(one.label) for one in starts_of(user)] for name, user in people.items()}
    assert starts == {
        "editor": ["New product", "New story"],
        "chief": ["New product", "New story"],
        "marketer": ["New landing page"],
        "clerk": ["Import or export products"],
        "admin": [
            "New product", "New story", "New landing page",
            "Import or export products",
        ],
    }  # fmt: skip


# --- Where it leads ----------------------------------------------------------------------------


def rows_of(client: Client, url: str) -> int:
    """How many things the list behind a task shows to the person."""
    response = client.get(url)
    assert response.status_code == 200, url
    context = response.context
    if "page_obj" in context:
        return int(context["page_obj"].paginator.count)
    return len(context["object_list"])


@pytest.mark.parametrize("name", ["editor", "chief", "marketer", "clerk", "admin"])
def test_every_count_is_the_length_of_the_list_behind_it(
    people: dict[str, User], client: Client, name: str
) -> None:
    make_something_of_everything(people)
    make_something_of_everything(people)
    create_landing_templates(user=people["admin"])
    client.force_login(people[name])
    tasks = tasks_of(people[name])
    assert tasks
    for task in tasks:
        assert rows_of(client, task.url) == task.count, task


@pytest.mark.parametrize("name", ["editor", "chief", "marketer", "clerk", "admin"])
def test_every_beginning_opens(people: dict[str, User], client: Client, name: str) -> None:
    client.force_login(people[name])
    for start in starts_of(people[name]):
        assert client.get(start.url).status_code == 200, start.url


# --- The page ----------------------------------------------------------------------------------


def test_the_page_shows_the_tasks_first(people: dict[str, User], client: Client) -> None:
    make_something_of_everything(people)
    client.force_login(people["clerk"])
    html = client.get("/admin/").content.decode()
    assert "What waits for you" in html
    assert "Orders that need attention" in html
    assert NOTHING not in html
    assert 'href="/admin/orders/order/?attention=any"' in html


def test_who_has_nothing_to_do_is_told_so(people: dict[str, User], client: Client) -> None:
    client.force_login(people["chief"])
    assert NOTHING in client.get("/admin/").content.decode()


def test_who_has_no_pages_is_not_offered_a_search_for_them(
    people: dict[str, User], client: Client
) -> None:
    hidden = {}
    for name in ("clerk", "editor"):
        client.force_login(people[name])
        hidden[name] = "dashboard-without-pages" in client.get("/admin/").content.decode()
    assert hidden == {"clerk": True, "editor": False}


def test_somebody_without_a_group_sees_no_task_of_others(
    people: dict[str, User], client: Client
) -> None:
    make_something_of_everything(people)
    assert waiting(make_user("stranger")) == {}


@pytest.mark.parametrize("name", ["editor", "chief", "marketer", "clerk", "admin"])
def test_more_that_waits_costs_no_more_queries(people: dict[str, User], name: str) -> None:
    make_something_of_everything(people)
    before = count_queries(people[name])
    for _number in range(3):
        make_something_of_everything(people)
    assert count_queries(people[name]) == before
    assert before <= 40


def count_queries(user: User) -> int:
    tasks_of(User.objects.get(pk=user.pk))  # Content types are remembered from then on.
    fresh = User.objects.get(pk=user.pk)
    with CaptureQueriesContext(connection) as queries:
        tasks_of(fresh)
    return len(queries)
