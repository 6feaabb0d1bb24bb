"""The inbox of Stripe's events in the admin."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from checkout.models import WebhookEvent
from home.granting import create_roles
from home.models import HomePage
from home.roles import EDITORS, MARKETERS, SHOP_STAFF
from orders.models import Dispute, Order
from orders.status import OrderStatus
from tests.factories import make_order, make_user
from tests.orders.desk import pay

INDEX = "/admin/stripe-events/"


@pytest.fixture
def clerk(site: HomePage, client: Client) -> Client:
    create_roles()
    client.force_login(make_user("clerk", group=SHOP_STAFF))
    return client


def make_event(event_id: str = "evt_1", **fields: object) -> WebhookEvent:
    values = {
        "type": "checkout.session.completed", "state": "applied", "attempts": 1,
        "created_at": timezone.now(), "object_id": "cs_test_1",
    }  # fmt: skip
    return WebhookEvent.objects.create(event_id=event_id, **(values | fields))


def make_dispute_event(order: Order, **fields: object) -> WebhookEvent:
    """One that failed and can be applied."""
    facts = {
        "id": "dp_1", "amount": 2890, "currency": "eur", "status": "needs_response",
        "payment_intent": f"pi_{order.number}", "due_by": 1800000000,
    }  # fmt: skip
    values = {
        "type": "charge.dispute.created", "state": "failed", "order": order, "object_id": "dp_1",
        "payment_intent": f"pi_{order.number}", "facts": facts,
        "last_error": "KeyError in orders.payments.record_dispute",
    }  # fmt: skip
    return make_event("evt_dispute", **(values | fields))


def listed(client: Client, **query: str) -> set[str]:
    response = client.get(INDEX, query)
    assert response.status_code == 200
    keys = re.findall(rf"{INDEX}inspect/(\d+)/", response.content.decode())
    return set(WebhookEvent.objects.filter(pk__in=keys).values_list("event_id", flat=True))


def page_of(event: WebhookEvent) -> str:
    return reverse("stripe_events:inspect", args=[event.pk])


def replay(client: Client, event: WebhookEvent) -> str:
    """What the page says after the press of the button."""
    url = reverse("stripe_events:replay", args=[event.pk])
    response = client.post(url, follow=True)
    assert response.redirect_chain == [(page_of(event), 302)]
    return response.content.decode()


def test_the_list_says_what_happened_in_words(clerk: Client) -> None:
    order = make_order(number="F100")
    make_dispute_event(order)
    html = clerk.get(INDEX).content.decode()
    for words in ("Dispute opened", "Failed", "F100", "KeyError in orders.payments"):
        assert words in html
    assert reverse("orders_order_modeladmin_inspect", args=[order.pk]) in html


def test_what_means_nothing_here_keeps_the_name_that_stripe_gave_it(clerk: Client) -> None:
    make_event(type="customer.created", state="ignored")
    assert "Something else (customer.created)" in clerk.get(INDEX).content.decode()


def test_times_are_those_of_the_person_who_looks(clerk: Client) -> None:
    clerk_user = User.objects.get(username="clerk")
    UserProfile.objects.create(user=clerk_user, current_time_zone="Europe/Berlin")
    event = make_event(created_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    assert "2 Jul 2026, 00:30" in clerk.get(page_of(event)).content.decode()


def test_the_list_is_narrowed_by_state_type_order_and_days(clerk: Client) -> None:
    order = make_order(number="F100")
    make_dispute_event(order)
    make_event("evt_paid", order=make_order(number="F200"))
    make_event("evt_other", type="customer.created", state="ignored")
    old = make_event("evt_old", state="unmatched")
    WebhookEvent.objects.filter(pk=old.pk).update(received_at=timezone.now() - timedelta(days=9))
    assert listed(clerk) == {"evt_dispute", "evt_paid", "evt_other", "evt_old"}
    assert listed(clerk, state="failed") == {"evt_dispute"}
    assert listed(clerk, type="charge.dispute.created") == {"evt_dispute"}
    assert listed(clerk, type="other") == {"evt_other"}
    assert listed(clerk, order="f200") == {"evt_paid"}
    assert listed(clerk, received_at_to=str((timezone.now() - timedelta(days=8)).date())) == {
        "evt_old"
    }
    assert listed(clerk, q="evt_paid") == {"evt_paid"}


def test_a_longer_list_needs_no_more_queries(clerk: Client) -> None:
    counts = []
    for number in range(12):
        make_event(f"evt_{number}", order=make_order(), state="failed")
        if number in (1, 11):
            clerk.get(INDEX)
            with CaptureQueriesContext(connection) as queries:
                clerk.get(INDEX)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_of_a_failed_event_says_what_is_to_be_done(clerk: Client) -> None:
    order = make_order(number="F100")
    html = clerk.get(page_of(make_dispute_event(order))).content.decode()
    assert "The shop has stopped trying. Once the cause is mended, replay it." in html
    assert "KeyError in orders.payments.record_dispute" in html
    assert "Replay" in html
    WebhookEvent.objects.update(next_attempt_at=timezone.now())
    assert (
        "The shop tries again by itself"
        in clerk.get(page_of(WebhookEvent.objects.get())).content.decode()
    )


def test_a_replay_applies_the_event_and_a_second_one_changes_nothing(clerk: Client) -> None:
    order = make_order(number="F100", status=OrderStatus.PAID)
    pay(order)
    event = make_dispute_event(order)
    assert "It was applied to order F100." in replay(clerk, event)
    dispute = Dispute.objects.get()
    assert (dispute.order, str(dispute.amount), dispute.state) == (
        order, "28.900", "needs_response",
    )  # fmt: skip
    assert dispute.due_by is not None
    assert dispute.due_by.timestamp() == 1800000000
    before = WebhookEvent.objects.values().get()
    assert "Nothing was left to do about this event." in replay(clerk, event)
    assert WebhookEvent.objects.values().get() == before
    assert Dispute.objects.count() == 1
    assert order.events.filter(kind="dispute").count() == 1


def test_a_replay_is_written_down_with_who_did_it(clerk: Client) -> None:
    order = make_order(status=OrderStatus.PAID)
    pay(order)
    replay(clerk, make_dispute_event(order))
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user.username) == ("checkout.replay_event", "clerk")


def test_a_replay_that_fails_says_so_and_keeps_the_event(clerk: Client) -> None:
    order = make_order(status=OrderStatus.PAID)
    pay(order)
    event = make_dispute_event(order, facts={"payment_intent": f"pi_{order.number}"})
    assert "It failed again." in replay(clerk, event)
    event.refresh_from_db()
    assert (event.state, event.attempts) == ("failed", 2)
    assert event.last_error == "KeyError in checkout.events._record_dispute"
    assert not Dispute.objects.exists()


def test_a_replay_while_stripe_is_down_says_so(clerk: Client, settings) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    event = make_event(state="failed")
    assert "Stripe does not answer." in replay(clerk, event)
    event.refresh_from_db()
    assert (event.state, event.last_error) == (
        "failed", "GatewayUnavailable: APIConnectionError",
    )  # fmt: skip


def test_only_a_post_of_somebody_with_the_right_replays(clerk: Client) -> None:
    order = make_order(status=OrderStatus.PAID)
    pay(order)
    event = make_dispute_event(order)
    url = reverse("stripe_events:replay", args=[event.pk])
    assert clerk.get(url).status_code == 405
    for name in (EDITORS, MARKETERS):
        clerk.force_login(make_user(name, group=name))
        assert clerk.get(INDEX).status_code == 302
        assert clerk.get(page_of(event)).status_code == 302
        assert clerk.post(url).status_code == 302
    clerk.logout()
    assert clerk.post(url).url.startswith("/admin/login/")
    assert not Dispute.objects.exists()
    assert clerk.post("/admin/stripe-events/replay/0/").status_code == 302


def test_who_may_only_look_finds_no_button(clerk: Client) -> None:
    reader = make_user("reader")
    reader.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "view_webhookevent"])
    )
    clerk.force_login(reader)
    event = make_dispute_event(make_order(number="F100"))
    html = clerk.get(page_of(event)).content.decode()
    assert "F100" in html
    assert reverse("orders_order_modeladmin_inspect", args=[event.order_id]) not in html
    assert reverse("stripe_events:replay", args=[event.pk]) not in html
    clerk.post(reverse("stripe_events:replay", args=[event.pk]))
    assert WebhookEvent.objects.get().attempts == 1


def test_the_desk_tells_of_failed_events_with_and_without_an_order(clerk: Client) -> None:
    desk = reverse("orders_order_modeladmin_index")
    assert "need attention" not in clerk.get(desk).content.decode()
    make_event("evt_none", state="failed", type="refund.created")
    html = clerk.get(desk).content.decode()
    assert "1 event of Stripe’s that belongs to no known order could not be taken in." in html
    assert f"{INDEX}?state=failed" in html
    make_dispute_event(make_order(number="F100"))
    html = clerk.get(desk).content.decode()
    assert "1 order needs attention" in html
    assert "Stripe told the shop something about it that could not be taken in." in html
    assert "F100" in clerk.get(f"{desk}?attention=webhook_failed").content.decode()


def test_the_desk_of_who_may_not_see_events_has_no_notice_of_them(clerk: Client) -> None:
    reader = make_user("reader")
    reader.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "view_order"])
    )
    clerk.force_login(reader)
    make_event(state="failed")
    html = clerk.get(reverse("orders_order_modeladmin_index")).content.decode()
    assert "could not be taken in" not in html
