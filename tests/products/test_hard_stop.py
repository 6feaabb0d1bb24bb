"""A product page without anything to sell does not go live, whichever way somebody takes.

Each way is walked twice: with a product that is merely sold out it publishes, which shows that it
is a way; with a product that has no variant for sale it does not, and says why.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.actions import action_registry
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import (
    GroupApprovalTask,
    Page,
    PageLogEntry,
    Revision,
    TaskState,
    Workflow,
    WorkflowState,
    WorkflowTask,
)

from home.models import HomePage, LandingIndexPage, LandingPage
from products.models import ProductPage, ProductVariant
from products.sellable import SellableFacts, is_sellable
from shopsite.cms.publishing import HELD_BACK
from tests.factories import make_user
from tests.products.editor import edit_url, editor_form, publish, revert_url
from tests.products.makers import make_draft

pytestmark = pytest.mark.usefixtures("indexes")

NOTHING_FOR_SALE = "“Mug” cannot go live: no variant of its product is for sale with a price."
NO_PRODUCT = "“Mug” cannot go live: its product was deleted."


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(make_user("erin", is_superuser=True))
    return client


@pytest.fixture
def page(site: HomePage) -> ProductPage:
    return make_draft("Mug", sku="MUG-1", on_hand=0)


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def approval() -> Workflow:
    workflow = Workflow.objects.create(name="Four eyes")
    task = GroupApprovalTask.objects.create(name="Look")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


# --- The ways of going live ---------------------------------------------------------------------

Said = str


def in_python(client: Client, page: ProductPage) -> Said:
    return said_by(page.get_latest_revision().publish)


def in_the_editor(client: Client, page: ProductPage) -> Said:
    return publish(client, page).content.decode()


def by_reverting(client: Client, page: ProductPage) -> Said:
    url = revert_url(page.get_latest_revision())
    form = editor_form(client, url, **{"action-publish": "1"})
    return client.post(url, form).content.decode()


def in_bulk(client: Client, page: ProductPage) -> Said:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    data = {"include_descendants": ""}
    answer = client.post(f"{url}?id={page.pk}&next=/admin/pages/", data, follow=True)
    return answer.content.decode()


def by_approval_in_the_editor(client: Client, page: ProductPage) -> Said:
    approval().start(page, None)
    approve = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    answer = client.post(edit_url(page), editor_form(client, edit_url(page), **approve))
    return answer.content.decode()


def by_approval_from_a_list(client: Client, page: ProductPage) -> Said:
    state = approval().start(page, None)
    args = [page.pk, "approve", state.current_task_state.pk]
    url = reverse("wagtailadmin_pages:workflow_action", args=args)
    return client.post(url, {"comment": ""}, follow=True).content.decode()


def through_the_admins_api(client: Client, page: ProductPage) -> Said:
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"])
    return " ".join(client.post(url, {}).json().get("errors", []))


def by_the_action_of_the_registry(client: Client, page: ProductPage) -> Said:
    action = action_registry.get_action_class(Page, "publish")
    return said_by(action(page.get_latest_revision()).execute)


def by_wagtails_own_action(client: Client, page: ProductPage) -> Said:
    return said_by(PublishPageRevisionAction(page.get_latest_revision()).execute)


def by_saving_it_as_live(client: Client, page: ProductPage) -> Said:
    page.live = True
    return said_by(page.save)


def said_by(publish_it: Callable[[], object]) -> Said:
    try:
        publish_it()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


WAYS = [
    in_python,
    in_the_editor,
    by_reverting,
    in_bulk,
    by_approval_in_the_editor,
    by_approval_from_a_list,
    through_the_admins_api,
    by_the_action_of_the_registry,
    by_wagtails_own_action,
    by_saving_it_as_live,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_sold_out_product_goes_live_by_each_way(
    way: Callable[[Client, ProductPage], Said], editor: Client, page: ProductPage
) -> None:
    assert "cannot go live" not in way(editor, page)
    assert is_live(page)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_product_with_nothing_for_sale_goes_live_by_none_of_them(
    way: Callable[[Client, ProductPage], Said], editor: Client, page: ProductPage
) -> None:
    ProductVariant.objects.update(is_active=False)
    before = page.latest_revision_id
    assert NOTHING_FOR_SALE in way(editor, page)
    page = ProductPage.objects.get()
    assert (page.live, page.live_revision_id, page.latest_revision_id) == (False, None, before)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert not PageLogEntry.objects.filter(action="wagtail.publish").exists()
    in_progress = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).count()
    assert in_progress == WorkflowState.objects.count()
    assert not TaskState.objects.filter(status=TaskState.STATUS_APPROVED).exists()


def test_neither_does_a_page_without_variant_or_without_product(
    editor: Client, page: ProductPage
) -> None:
    ProductVariant.objects.all().delete()
    assert NOTHING_FOR_SALE in in_the_editor(editor, page)
    page.product.delete()
    assert NO_PRODUCT in in_the_editor(editor, ProductPage.objects.get())
    assert NO_PRODUCT in in_python(editor, ProductPage.objects.get())
    assert not is_live(page)


def test_what_was_typed_stays_in_the_form_when_the_page_is_held_back(
    editor: Client, page: ProductPage
) -> None:
    ProductVariant.objects.update(is_active=False)
    response = publish(editor, page, summary="Two sentences.")
    assert response.status_code == 200
    assert response.context["form"]["summary"].value() == "Two sentences."
    assert ProductPage.objects.get().get_latest_revision_as_object().summary == ""


def test_approving_an_earlier_step_does_not_ask_yet(editor: Client, page: ProductPage) -> None:
    ProductVariant.objects.update(is_active=False)
    workflow = approval()
    second = GroupApprovalTask.objects.create(name="Look again")
    WorkflowTask.objects.create(workflow=workflow, task=second, sort_order=1)
    workflow.start(page, None)
    approve = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    form = editor_form(editor, edit_url(page), **approve)
    assert editor.post(edit_url(page), form).status_code == 302
    assert WorkflowState.objects.get().current_task_state.task.name == "Look again"


# --- Schedules ----------------------------------------------------------------------------------


def in_an_hour(page: Page) -> None:
    draft = page.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.save_revision().publish()


def run_the_schedule(hours: int) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=hours)):
        call_command("publish_scheduled")


def test_a_schedule_is_refused_while_there_is_nothing_to_sell(
    editor: Client, page: ProductPage
) -> None:
    ProductVariant.objects.update(is_active=False)
    soon = (timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")
    assert NOTHING_FOR_SALE in publish(editor, page, go_live_at=soon).content.decode()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_a_scheduled_page_waits_until_it_can_be_sold_and_stops_no_other(
    editor: Client, page: ProductPage
) -> None:
    landing = LandingIndexPage.objects.get().add_child(instance=LandingPage(title="A", live=False))
    in_an_hour(page)
    in_an_hour(landing)
    ProductVariant.objects.update(is_active=False)
    run_the_schedule(2)
    run_the_schedule(3)
    assert (is_live(page), is_live(landing)) == (False, True)
    held_back = PageLogEntry.objects.get(action=HELD_BACK)
    assert held_back.data == {"reasons": [NOTHING_FOR_SALE]}
    history = editor.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert f"Not published at its time. {NOTHING_FOR_SALE}" in history
    ProductVariant.objects.update(is_active=True)
    run_the_schedule(4)
    assert is_live(page)


# --- What is not stopped ------------------------------------------------------------------------


def test_the_words_of_a_live_page_may_be_mended_when_its_product_is_gone(
    editor: Client, page: ProductPage
) -> None:
    page.get_latest_revision().publish()
    page.product.delete()
    publish(editor, ProductPage.objects.get(), summary="No longer made.")
    page.refresh_from_db()
    assert (page.live, page.summary) == (True, "No longer made.")


def test_once_unpublished_it_does_not_come_back(editor: Client, page: ProductPage) -> None:
    page.get_latest_revision().publish()
    ProductVariant.objects.update(is_active=False)
    ProductPage.objects.get().unpublish()
    assert NOTHING_FOR_SALE in in_the_editor(editor, ProductPage.objects.get())
    assert not is_live(page)


def test_drafts_may_be_saved_of_what_cannot_be_sold(editor: Client, page: ProductPage) -> None:
    ProductVariant.objects.all().delete()
    form = editor_form(editor, edit_url(page), summary="Soon.")
    assert editor.post(edit_url(page), form).status_code == 302
    assert ProductPage.objects.get().get_latest_revision_as_object().summary == "Soon."


@pytest.mark.parametrize(
    ("variants", "expected"),
    [
        ([], False),
        ([(True, 24)], True),
        ([(False, 24)], False),
        ([(True, None)], False),
        ([(True, 0)], False),
        ([(False, 24), (True, 3)], True),
    ],
)
def test_one_variant_for_sale_with_a_price_is_enough(
    variants: list[tuple[bool, int | None]], expected: bool
) -> None:
    assert is_sellable([SellableFacts(*one) for one in variants]) is expected
