"""An event that comes while another is being applied: kept, answered, and applied after that."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory
from django.utils import timezone

from checkout.inbox_retries import retry_events
from checkout.models import WebhookEvent
from checkout.views import webhook as views
from checkout.views.turns import Turns
from orders.models import Order, Payment
from orders.status import OrderStatus
from tests.factories import make_product_page
from tests.flows.shopper import Shopper


class SomebodyAtWork(Turns):
    """Of a process that applies another event. Its own thread is the test, when it says so."""

    def __init__(self) -> None:
        super().__init__()
        self.left: list[Callable[[], object]] = []

    @contextmanager
    def now(self) -> Iterator[bool]:
        yield False

    def later(self, work: Callable[[], object]) -> None:
        self.left.append(work)

    def finish(self) -> None:
        [work] = self.left
        work()


@pytest.fixture
def somebody_at_work(monkeypatch: pytest.MonkeyPatch) -> SomebodyAtWork:
    turns = SomebodyAtWork()
    monkeypatch.setattr(views, "turns", turns)
    return turns


@pytest.fixture
def order(shopper: Shopper) -> Order:
    make_product_page(sku="MUG", on_hand=5)
    shopper.add("MUG", 2)
    order, session_id = shopper.check_out()
    shopper.sandbox.pay(session_id)
    return order


@pytest.fixture
def request_of_stripe(order: Order, shopper: Shopper) -> WSGIRequest:
    event = shopper.sandbox.events("checkout.session.completed")[-1]
    body, headers = shopper.sandbox.signed_request(event)
    return RequestFactory().post(
        "/checkout/webhook/", data=body, content_type="application/json", headers=headers
    )


def states(order: Order) -> tuple[str, str]:
    order.refresh_from_db()
    return WebhookEvent.objects.get().state, order.status


def assert_answered(request: WSGIRequest) -> None:
    response = views.webhook(request)
    assert (response.status_code, response.content) == (200, b"")


def assert_free(turns: Turns) -> None:
    with turns.now() as is_our_turn:
        assert is_our_turn


def test_the_answer_goes_out_when_the_event_is_kept_and_its_work_follows(
    somebody_at_work: SomebodyAtWork, order: Order, request_of_stripe: WSGIRequest
) -> None:
    assert_answered(request_of_stripe)
    assert states(order) == ("received", OrderStatus.AWAITING_PAYMENT)
    somebody_at_work.finish()
    assert states(order) == ("applied", OrderStatus.PAID)
    assert Payment.objects.count() == 1


def test_while_nobody_is_at_work_the_answer_waits_for_it(
    order: Order, request_of_stripe: WSGIRequest
) -> None:
    assert_answered(request_of_stripe)
    assert states(order) == ("applied", OrderStatus.PAID)
    assert_free(views.turns)


def test_work_that_never_follows_is_taken_up_by_beat(
    somebody_at_work: SomebodyAtWork, order: Order, request_of_stripe: WSGIRequest
) -> None:
    """As when the process is killed in between."""
    assert_answered(request_of_stripe)
    WebhookEvent.objects.update(next_attempt_at=timezone.now())
    assert retry_events() == 1
    assert states(order) == ("applied", OrderStatus.PAID)


def test_work_that_fails_after_the_answer_is_noted_and_tried_again(
    somebody_at_work: SomebodyAtWork,
    shopper: Shopper,
    order: Order,
    request_of_stripe: WSGIRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert_answered(request_of_stripe)
    with monkeypatch.context() as patch:
        patch.setattr("orders.payments.issue_invoice", lambda order: 1 / 0)
        somebody_at_work.finish()
    assert states(order) == ("failed", OrderStatus.AWAITING_PAYMENT)
    WebhookEvent.objects.update(next_attempt_at=timezone.now())
    assert retry_events() == 1
    assert states(order) == ("applied", OrderStatus.PAID)
    assert Payment.objects.count() == 1


def test_work_that_fails_lets_the_next_event_in(
    order: Order, request_of_stripe: WSGIRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orders.payments.issue_invoice", lambda order: 1 / 0)
    assert views.webhook(request_of_stripe).status_code == 500
    assert_free(views.turns)


def test_what_could_not_be_kept_is_not_answered_with_200(
    somebody_at_work: SomebodyAtWork,
    shopper: Shopper,
    order: Order,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("checkout.views.webhook.keep_event", lambda event: 1 / 0)
    assert (
        shopper.post_event(shopper.sandbox.events("checkout.session.completed")[-1]).status_code
        == 500
    )


def test_what_is_done_already_is_answered_and_left(
    somebody_at_work: SomebodyAtWork, order: Order, request_of_stripe: WSGIRequest
) -> None:
    assert_answered(request_of_stripe)
    somebody_at_work.finish()
    assert_answered(request_of_stripe)
    assert len(somebody_at_work.left) == 1
