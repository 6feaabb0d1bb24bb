"""A new link to an order by e-mail, and what somebody learns who tries addresses."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from customers.asking import MOST_IN_A_DAY, MOST_IN_AN_HOUR, forget_old_mails
from customers.emails import MOST_LINKS
from customers.models import Customer, CustomerEmail
from customers.outbox import OUTBOX
from orders.models import Order, OrderEvent
from orders.status import OrderStatus
from tests.contact.sending import SAME_ORIGIN, forget_counters
from tests.customers.coming_back import ALICE, BOB, FIND, LOG_IN, ask, links_in_mail
from tests.factories import make_order

STRANGER = "nobody@example.com"


def test_the_page_asks_for_an_address_and_is_the_same_for_everybody() -> None:
    response = Client().get(FIND)
    html = response.content.decode()
    assert '<label class="field__label" for="id_email">E-mail</label>' in html
    assert '<meta name="robots" content="noindex">' in html
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"


def test_the_mail_has_the_links_of_all_orders_of_the_address_and_of_no_other() -> None:
    unpaid = make_order(number="F1")
    paid = make_order(number="F2", status=OrderStatus.PAID, email="Alice@Example.com")
    make_order(number="F3", email=BOB)
    response = ask(email=" ALICE@example.com ")
    assert (response.status_code, response.url) == (302, "/orders/find/sent/")
    assert links_in_mail() == [paid.get_absolute_url(), unpaid.get_absolute_url()]
    [message] = mail.outbox
    assert message.to == [ALICE]
    assert message.subject == "Your orders at Fern & Kettle"
    assert "Order F1 of" in message.body
    assert "Awaiting payment" in message.body
    assert Client().get(paid.get_absolute_url()).status_code == 200


def test_a_stranger_gets_no_mail() -> None:
    ask(email=STRANGER)
    assert OUTBOX.process() == 0
    assert mail.outbox == []
    row = CustomerEmail.objects.get()
    assert (row.state, row.sent_at, row.attempts) == ("sent", None, 1)
    assert OUTBOX.process() == 0
    row.refresh_from_db()
    assert row.attempts == 1


@time_machine.travel(datetime(2026, 11, 3, 12, tzinfo=UTC), tick=False)
@pytest.mark.parametrize("address", [FIND, LOG_IN])
def test_the_answer_tells_nothing_about_an_address(address: str) -> None:
    """Neither its words nor what the server does before it answers, also when it was asked before
    and the worker knows more by now."""
    make_order()
    Customer.objects.create(email=BOB)
    for _time in range(2):
        seen = [what_is_done(address, email) for email in (ALICE, BOB, STRANGER)]
        assert seen[0] == seen[1] == seen[2]
        OUTBOX.process()
        forget_counters()
    assert seen[0][:2] == [302, f"{address}sent/"]
    assert Client().get(f"{address}sent/").status_code == 200


def what_is_done(address: str, email: str) -> list[object]:
    with CaptureQueriesContext(connection) as queries:
        response = ask(address, email)
    assert not response.cookies
    kinds = [query["sql"].split()[0] for query in queries]
    return [response.status_code, response.url, response.content, kinds]


def test_asking_again_at_once_sends_no_second_mail() -> None:
    make_order()
    with time_machine.travel(datetime(2026, 11, 3, 12, 0, tzinfo=UTC), tick=False):
        for _click in range(3):
            assert ask().url == "/orders/find/sent/"
        assert OUTBOX.process() == 1
    with time_machine.travel(datetime(2026, 11, 3, 12, 1, tzinfo=UTC)):
        ask()
        assert OUTBOX.process() == 1


@pytest.mark.parametrize(
    ("asked", "minutes", "sent"), [(8, 2, MOST_IN_AN_HOUR), (19, 13, MOST_IN_A_DAY)]
)
def test_an_address_gets_so_many_mails_whoever_asks(asked: int, minutes: int, sent: int) -> None:
    make_order()
    for number in range(asked):
        moment = datetime(2026, 11, 3, 1, tzinfo=UTC) + timedelta(minutes=minutes * number)
        with time_machine.travel(moment):
            assert ask().status_code == 302
            OUTBOX.process()
        forget_counters()
    assert len(mail.outbox) == sent


def test_who_asks_too_often_waits() -> None:
    for number in range(5):
        assert ask(email=f"{number}@example.com").status_code == 302
    response = ask()
    assert response.status_code == 429
    assert "Please wait some minutes" in response.content.decode()
    assert CustomerEmail.objects.count() == 5


@pytest.mark.parametrize("address", [FIND, LOG_IN])
def test_a_robot_in_the_trap_is_answered_and_nothing_is_written(address: str) -> None:
    assert ask(address, website="https://spam.example").url == f"{address}sent/"
    assert not CustomerEmail.objects.exists()


@pytest.mark.parametrize("address", [FIND, LOG_IN])
def test_a_post_from_another_site_is_refused(address: str) -> None:
    response = Client().post(address, {"email": ALICE}, HTTP_SEC_FETCH_SITE="cross-site")
    assert response.status_code == 403
    assert not CustomerEmail.objects.exists()


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("", "Please enter your e-mail address."),
        ("alice", "Enter a valid email address."),
        ("a\x00@b.example", "Enter a valid email address."),
        (f"{'a' * 250}@example.com", "Ensure this value has at most 254 characters"),
    ],
)
def test_what_is_no_address_is_said_at_the_field(email: str, words: str) -> None:
    response = ask(email=email)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not CustomerEmail.objects.exists()


def test_a_wrong_link_to_an_order_leads_to_another_one() -> None:
    response = Client().get("/orders/never-was/")
    assert response.status_code == 404
    html = response.content.decode()
    assert "There is no order here" in html
    assert f'href="{FIND}"' in html
    assert "There is no order here" not in Client().get("/shop/never-was/").content.decode()


def test_what_was_asked_for_is_forgotten_after_a_week() -> None:
    make_order()
    ask()
    OUTBOX.process()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=8)):
        ask(email=BOB)
        assert forget_old_mails() == 1
    assert CustomerEmail.objects.get().email == BOB


# --- Another link -------------------------------------------------------------------------------


def test_a_link_is_replaced_and_the_new_one_goes_to_the_order_s_address() -> None:
    order = make_order(status=OrderStatus.PAID)
    old = order.get_absolute_url()
    response = Client().post(f"{old}new-link/")
    assert (response.status_code, response.url) == (302, "/orders/find/replaced/")
    assert "The old link has ended" in Client().get(response.url).content.decode()
    assert Client().get(old).status_code == 404
    order.refresh_from_db()
    assert links_in_mail() == [order.get_absolute_url()]
    assert mail.outbox[0].to == [ALICE]
    assert order.events.get().kind == OrderEvent.Kind.LINK_RENEWED


def test_a_second_replacement_within_minutes_is_mailed_as_well() -> None:
    order = make_order(status=OrderStatus.PAID)
    for _time in range(2):
        order.refresh_from_db()
        Client().post(f"{order.get_absolute_url()}new-link/")
    order.refresh_from_db()
    assert OUTBOX.process() == 2
    assert links_in_mail() == [order.get_absolute_url()]


def test_a_replaced_link_is_mailed_for_an_order_that_is_older_than_all_others_told_of() -> None:
    order = make_order(status=OrderStatus.PAID)
    Order.objects.update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
    for _number in range(MOST_LINKS):
        make_order(status=OrderStatus.PAID)
    Client().post(f"{order.get_absolute_url()}new-link/")
    order.refresh_from_db()
    links = links_in_mail()
    assert links[0] == order.get_absolute_url()
    assert len(set(links)) == MOST_LINKS


def test_orders_that_others_left_unpaid_push_none_out_of_the_mail() -> None:
    order = make_order(status=OrderStatus.PAID, paid_at=datetime(2026, 1, 1, tzinfo=UTC))
    for _number in range(MOST_LINKS):
        make_order(status=OrderStatus.EXPIRED)
    ask()
    assert links_in_mail() == [order.get_absolute_url()]


@pytest.mark.parametrize("address", [FIND, LOG_IN])
def test_an_order_that_ended_unpaid_makes_nobody_known(address: str) -> None:
    make_order(status=OrderStatus.CANCELED)
    ask(address)
    OUTBOX.process()
    assert mail.outbox == []


def test_whoever_asks_for_links_leaves_the_way_to_log_in_open() -> None:
    make_order()
    for minute in range(MOST_IN_AN_HOUR + 1):
        with time_machine.travel(datetime(2026, 5, 1, 12, minute, tzinfo=UTC), tick=False):
            forget_counters()
            ask()
    with time_machine.travel(datetime(2026, 5, 1, 12, 30, tzinfo=UTC), tick=False):
        ask(LOG_IN)
    assert CustomerEmail.objects.filter(kind="order_links").count() == MOST_IN_AN_HOUR
    assert CustomerEmail.objects.filter(kind="account_log_in").count() == 1


def test_asking_for_links_replaces_none() -> None:
    order = make_order()
    ask()
    OUTBOX.process()
    assert Client().get(order.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("status", [OrderStatus.AWAITING_PAYMENT, OrderStatus.PROCESSING])
def test_a_link_stays_while_a_payment_is_under_way(status: OrderStatus) -> None:
    order = make_order(status=status)
    address = order.get_absolute_url()
    assert "End this link" not in Client().get(address).content.decode()
    assert Client().post(f"{address}new-link/").url == address
    assert Client().get(address).status_code == 200
    assert not CustomerEmail.objects.exists()


def test_another_site_replaces_no_link() -> None:
    order = make_order(status=OrderStatus.PAID)
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"{order.get_absolute_url()}new-link/").status_code == 403
    assert Order.objects.get().token == order.token


def test_the_order_s_page_asks_for_an_account_at_its_own_address() -> None:
    order = make_order(status=OrderStatus.PAID)
    response = Client().post(f"{order.get_absolute_url()}account/", {"email": BOB}, **SAME_ORIGIN)
    assert response.url == "/account/log-in/sent/"
    assert OUTBOX.process() == 1
    assert mail.outbox[0].to == [ALICE]
