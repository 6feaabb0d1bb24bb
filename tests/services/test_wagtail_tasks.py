"""Wagtail's own background work: sent to the workers on commit, done here when they are away."""

import logging
from datetime import timedelta

import pytest
from celery import Celery
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from home.models import HomePage, StoryIndexPage, StoryPage
from products.models import ProductPage
from tests.factories import make_product_page
from tests.services.conftest import Beat, Consumption
from tests.services.proxy import Proxy
from tests.services.waiting import eventually
from tests.services.worker import Worker

pytestmark = [
    pytest.mark.services("postgresql", "rabbitmq"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

PUBLISH_SCHEDULED = "shopsite.tasks.publish_scheduled"


@pytest.fixture(autouse=True)
def work_through_celery(settings, shop_broker: Celery, site: HomePage) -> None:
    """As in production; the site itself was indexed at once."""
    settings.TASKS = {"default": {"BACKEND": "shopsite.wagtail_tasks.CeleryBackend"}}


def found(words: str) -> list[str]:
    """The titles of the product pages that a search for the words finds."""
    return [page.title for page in ProductPage.objects.live().search(words)]


def found_stories(words: str) -> list[str]:
    return [page.title for page in StoryPage.objects.live().search(words)]


def test_a_page_is_indexed_by_the_worker_and_only_after_commit(consumption: Consumption) -> None:
    """A story: the words of a product are found at once, see products.listing_entries."""
    consumption.stop()
    with transaction.atomic():
        StoryIndexPage.objects.get().add_child(instance=StoryPage(title="On zinnias"))
        assert consumption.count_waiting() == 0
    assert consumption.count_waiting() > 0
    assert found_stories("zinnias") == []
    consumption.go_on()
    assert eventually(lambda: found_stories("zinnias"), "the worker indexes it") == ["On zinnias"]


def test_nothing_is_sent_for_a_page_whose_transaction_rolls_back(consumption: Consumption) -> None:
    consumption.stop()
    with transaction.atomic():
        make_product_page("Zinnia Teapot")
        transaction.set_rollback(True)
    assert consumption.count_waiting() == 0
    assert not ProductPage.objects.exists()


@pytest.mark.parametrize("was_connected", [False, True])
@pytest.mark.parametrize("trouble", ["refuse", "hang"])
def test_without_the_broker_a_page_is_indexed_at_once_and_the_broker_asked_once(
    broker: Proxy,
    worker: Worker,
    caplog: pytest.LogCaptureFixture,
    trouble: str,
    was_connected: bool,
) -> None:
    if was_connected:
        make_product_page("Larkspur Cup")
        eventually(lambda: found("larkspur"), "the worker indexes it")
    getattr(broker, trouble)()
    with caplog.at_level(logging.WARNING, logger="shopsite.broker"):
        make_product_page("Zinnia Teapot")
    assert found("zinnia") == ["Zinnia Teapot"]
    # Each question costs half a second when it hangs, and one page asks many.
    assert len([r for r in caplog.records if r.name == "shopsite.broker"]) == 1


def test_a_page_deleted_before_the_worker_came_to_it_troubles_nobody(
    consumption: Consumption, worker: Worker
) -> None:
    consumption.stop()
    logged = len(worker.log)
    make_product_page("Zinnia Teapot").delete()
    make_product_page("Larkspur Cup")
    consumption.go_on()
    eventually(lambda: found("larkspur"), "the worker indexes what came later")
    assert found("zinnia") == []
    assert "raised unexpected" not in worker.log[logged:]


def test_a_page_whose_time_has_come_is_published_by_beat(beat: Beat, worker: Worker) -> None:
    page = make_product_page("Zinnia Teapot")
    page.save_revision().publish()
    page.refresh_from_db()
    page.title = "Larkspur Teapot"
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    eventually(lambda: found("zinnia"), "the worker indexes what is live")
    let_an_hour_pass(page)
    assert found("larkspur") == []

    beat(PUBLISH_SCHEDULED)
    eventually(lambda: found("larkspur"), "the new words are live and indexed")
    page.refresh_from_db()
    assert (page.live, page.title) == (True, "Larkspur Teapot")


def let_an_hour_pass(page: ProductPage) -> None:
    """Moves what was scheduled rather than the clock: the worker has a clock of its own."""
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        past = timezone.now() - timedelta(minutes=1)
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
