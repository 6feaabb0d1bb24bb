"""What a purchase says to the broker: no more than what somebody has to do afterwards."""

import pytest
from django.urls import get_resolver

from shopsite import broker
from tests.factories import make_product_page
from tests.flows.shopper import Shopper

KINDS = ["orders.tasks.send_outgoing_email"] * 2  # To the shopper and to the staff.


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, settings) -> list[str]:
    """The names of the tasks that the broker was asked to take."""
    settings.TASKS = {"default": {"BACKEND": "shopsite.wagtail_tasks.CeleryBackend", "OPTIONS": {}}}
    names: list[str] = []
    monkeypatch.setattr(broker, "_publish", lambda name, args: names.append(name))
    monkeypatch.setattr(broker, "_asked_again_from", 0.0)
    assert get_resolver().url_patterns  # The admin's views tell Wagtail what to watch.
    return names


def test_a_purchase_tells_the_broker_of_its_mails_alone(
    shopper: Shopper, told: list[str], django_capture_on_commit_callbacks
) -> None:
    make_product_page(sku="MUG", on_hand=5)
    make_product_page("Bowl", sku="BOWL", on_hand=5)
    shopper.add("MUG", 2)
    shopper.add("BOWL")
    form = shopper.checkout_form()
    with django_capture_on_commit_callbacks(execute=True):
        response = shopper.send(form)
    assert (response.status_code, told) == (303, [])
    shopper.sandbox.pay(response["Location"].rpartition("/")[2].partition("#")[0])
    with django_capture_on_commit_callbacks(execute=True):
        assert shopper.deliver().status_code == 200
    assert told == KINDS


MOST_QUERIES = 48


def test_the_event_of_a_payment_asks_the_database_seldom(
    shopper: Shopper, django_assert_max_num_queries
) -> None:
    """Twenty of them at once share two processors: each question counts."""
    make_product_page(sku="MUG", on_hand=5)
    shopper.add("MUG", 2)
    _order, session_id = shopper.check_out()
    shopper.sandbox.pay(session_id)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert shopper.deliver().status_code == 200
