"""Accounts: in by a link that works once, what is in them, and what they never open."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from customers.login_links import make_link
from customers.models import Customer, CustomerEmail
from customers.outbox import OUTBOX
from orders.changes import change_status
from orders.models import OutgoingEmail
from orders.status import OrderAction, OrderStatus
from tests.contact.sending import SAME_ORIGIN
from tests.customers.coming_back import ALICE, BOB, LOG_IN, ask, links_in_mail, log_in
from tests.factories import make_order, make_product_page, make_user

YEARS_AGO = datetime(2024, 5, 1, tzinfo=UTC)


def test_the_first_link_opens_an_account_and_the_next_one_leads_back_to_it(client: Client) -> None:
    make_order()
    response = log_in(client)
    assert (response.status_code, response.url) == (302, "/account/")
    assert "alice@example.com" in client.get("/account/").content.decode()
    first = Customer.objects.get()
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        log_in(Client())
    again = Customer.objects.get()
    assert again.pk == first.pk
    assert again.logged_in_at > first.logged_in_at


def test_opening_the_link_logs_nobody_in(client: Client) -> None:
    """Programs that look into mails open every link, some more than once."""
    make_order()
    ask(LOG_IN)
    [link] = links_in_mail()
    for _time in range(2):
        html = client.get(link).content.decode()
        assert "You are about to log in as alice@example.com." in html
        client.head(link)
    assert client.get("/account/").status_code == 302
    assert not Customer.objects.exists()
    assert client.post(link).url == "/account/"


def test_a_link_works_once() -> None:
    make_order()
    ask(LOG_IN)
    [link] = links_in_mail()
    assert Client().post(link).status_code == 302
    thief = Client()
    response = thief.post(link)
    assert response.status_code == 200
    assert "This link has ended" in response.content.decode()
    assert thief.get("/account/").status_code == 302


def test_logging_in_ends_all_other_links_to_the_address() -> None:
    make_order()
    links = []
    for minutes in (0, 11):
        with time_machine.travel(datetime(2026, 11, 3, 12, minutes, tzinfo=UTC)):
            ask(LOG_IN)
            links += links_in_mail()
    with time_machine.travel(datetime(2026, 11, 3, 12, 12, tzinfo=UTC)):
        assert Client().post(links[1]).status_code == 302
        assert "This link has ended" in Client().post(links[0]).content.decode()


def test_a_link_is_good_for_half_an_hour() -> None:
    make_order()
    ask(LOG_IN)
    [link] = links_in_mail()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=31)):
        assert "This link has ended" in Client().get(link).content.decode()
        assert "This link has ended" in Client().post(link).content.decode()
    assert not Customer.objects.exists()


@pytest.mark.parametrize("token", ["x", "MQ:1abc:x", "1", "W10:1tTTTT:x", "%00", "sent"])
def test_a_link_that_is_not_ours_opens_nothing(client: Client, token: str) -> None:
    response = client.post(f"/account/log-in/{token}/")
    assert response.status_code in (200, 400, 405)
    assert client.get("/account/").status_code == 302


def test_a_link_of_another_mail_logs_nobody_in(client: Client) -> None:
    row = CustomerEmail.objects.create(kind="order_links", email=ALICE, slot="1")
    path = make_link(row).removeprefix("http://testserver")
    assert "This link has ended" in client.post(path).content.decode()


def test_another_site_logs_nobody_in() -> None:
    """Or it could have a shopper buy into somebody else's account."""
    make_order()
    ask(LOG_IN)
    [link] = links_in_mail()
    client = Client(enforce_csrf_checks=True)
    assert client.post(link).status_code == 403
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("checkout", "/checkout/"),
        ("", "/account/"),
        ("https://evil.example/", "/account/"),
        ("//evil.example", "/account/"),
        ("/admin/", "/account/"),
        ("javascript:alert(1)", "/account/"),
    ],
)
def test_a_link_leads_to_places_of_the_shop_alone(
    client: Client, wanted: str, leads_to: str
) -> None:
    make_order()
    ask(LOG_IN, next=wanted)
    [link] = links_in_mail()
    assert client.post(link).url == leads_to
    assert client.get(LOG_IN, {"next": wanted}).url == leads_to


def test_the_session_changes_its_key_and_the_cart_stays(client: Client) -> None:
    make_product_page("Mug", sku="MUG")
    client.post("/cart/add/", {"sku": "MUG", "quantity": "2"}, **SAME_ORIGIN)
    known_to_thief = client.cookies["sessionid"].value
    make_order()
    log_in(client)
    assert client.cookies["sessionid"].value != known_to_thief
    assert "Mug" in client.get("/cart/").content.decode()
    thief = Client()
    thief.cookies["sessionid"] = known_to_thief
    assert thief.get("/account/").status_code == 302


def test_a_stranger_cannot_open_an_account(client: Client) -> None:
    ask(LOG_IN, BOB)
    assert OUTBOX.process() == 0
    assert mail.outbox == []


def test_the_mail_says_nothing_but_the_link() -> None:
    make_order(name="Alice Arnold", number="F1")
    ask(LOG_IN)
    OUTBOX.process()
    [message] = mail.outbox
    assert message.to == [ALICE]
    assert message.subject == "Your link to log in at Fern & Kettle"
    assert "works once, for 30 minutes" in message.body
    assert ALICE not in message.body
    assert "Arnold" not in message.body


# --- The account --------------------------------------------------------------------------------


def test_an_account_shows_the_orders_of_its_address_and_of_no_other(client: Client) -> None:
    mine = make_order(
        number="F1", status=OrderStatus.SHIPPED, email="Alice@example.com", paid_at=YEARS_AGO
    )
    theirs = make_order(number="F2", email=BOB, address_line1="Secret Lane 1")
    log_in(client)
    html = client.get("/account/").content.decode()
    assert f'href="{mine.get_absolute_url()}"' in html
    assert "Order F1" in html
    assert "Shipped" in html
    assert "1 × Speckled Mug" in html
    assert "Gartenweg 3" in html
    assert theirs.token not in html
    assert "Order F2" not in html
    assert "Secret Lane" not in html


def test_a_customer_reads_no_task_of_the_staff_as_the_state_of_an_order(client: Client) -> None:
    order = make_order(status=OrderStatus.AWAITING_PAYMENT)
    assert change_status(order, OrderAction.QUESTION, source="test")
    log_in(client)
    for address in ("/account/", order.get_absolute_url()):
        html = client.get(address).content.decode()
        assert "We are looking at your payment" in html
        assert "Needs review" not in html
    ask()
    OUTBOX.process()
    assert "We are looking at your payment" in mail.outbox[-1].body
    assert "Needs review" not in mail.outbox[-1].body


def test_addresses_are_told_once_and_the_latest_first(client: Client) -> None:
    make_order(address_line1="Old Road 1", paid_at=YEARS_AGO)
    make_order(paid_at=YEARS_AGO)
    make_order(paid_at=YEARS_AGO)
    log_in(client)
    addresses = client.get("/account/").context["addresses"]
    assert [one.lines[1] for one in addresses] == ["Gartenweg 3", "Old Road 1"]


@pytest.mark.parametrize("status", [OrderStatus.AWAITING_PAYMENT, OrderStatus.CANCELED])
def test_nobody_plants_an_address_by_an_order_that_they_do_not_pay(
    client: Client, status: OrderStatus
) -> None:
    make_order(status=OrderStatus.PAID, paid_at=YEARS_AGO)
    make_order(status=status, address_line1="Thieves' Lane 1", phone="666")
    log_in(client)
    addresses = client.get("/account/").context["addresses"]
    assert [one.lines[1] for one in addresses] == ["Gartenweg 3"]


def test_who_logs_in_where_somebody_else_was_takes_over_nothing(client: Client) -> None:
    make_order()
    make_order(email=BOB)
    log_in(client)
    session = client.session
    session["order_token"] = "of-alice"
    session.save()
    log_in(client, BOB)
    assert "order_token" not in client.session
    assert BOB in client.get("/account/").content.decode()


def test_an_account_costs_the_same_for_two_orders_and_for_twenty(client: Client) -> None:
    make_order()
    log_in(client)
    client.get("/account/")
    counts = []
    for number in (1, 17):
        for _order in range(number):
            make_order()
        with CaptureQueriesContext(connection) as queries:
            client.get("/account/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("address", ["/account/", "/account/delete/", LOG_IN])
def test_pages_of_an_account_are_kept_by_no_cache_and_listed_nowhere(
    client: Client, address: str
) -> None:
    make_order()
    stranger = client.get(address)
    assert "no-store" in stranger.headers["Cache-Control"]
    log_in(client)
    response = client.get(address, follow=True)
    assert {"no-store", "private"} <= set(response.headers["Cache-Control"].split(", "))
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "Disallow: /account/" in Client().get("/robots.txt").content.decode()


def test_public_pages_are_the_same_bytes_for_a_customer(client: Client) -> None:
    make_product_page("Mug", sku="MUG")
    make_order()
    log_in(client)
    for address in ("/", "/shop/", "/shop/mug/", "/orders/find/sent/"):
        response = client.get(address)
        assert response.content == Client().get(address).content, address
        assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60", address


def test_logging_out_ends_the_session_and_forgets_the_cart(client: Client) -> None:
    make_product_page("Mug", sku="MUG")
    client.post("/cart/add/", {"sku": "MUG", "quantity": "2"}, **SAME_ORIGIN)
    make_order()
    log_in(client)
    known_to_thief = client.cookies["sessionid"].value
    response = client.post("/account/log-out/", follow=True)
    assert "You are logged out." in response.content.decode()
    assert client.get("/account/").status_code == 302
    assert client.cookies["cart_count"].value == ""
    thief = Client()
    thief.cookies["sessionid"] = known_to_thief
    assert thief.get("/account/").status_code == 302


def test_logging_out_takes_a_post(client: Client) -> None:
    assert client.get("/account/log-out/").status_code == 405


def test_a_deleted_account_is_gone_in_all_browsers_and_the_orders_stay(client: Client) -> None:
    order = make_order()
    log_in(client)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
        ask(LOG_IN)
        [open_link] = links_in_mail()
        other = Client()
        other.post(open_link)
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
            ask(LOG_IN)
            [open_link] = links_in_mail()
            assert (
                "you are logged out everywhere." in client.get("/account/delete/").content.decode()
            )
            assert Customer.objects.count() == 1
            response = client.post("/account/delete/", follow=True)
            assert "Your account is deleted." in response.content.decode()
            assert not Customer.objects.exists()
            assert not CustomerEmail.objects.exists()
            assert "This link has ended" in Client().post(open_link).content.decode()
    assert other.get("/account/").status_code == 302
    assert Client().get(order.get_absolute_url()).status_code == 200


def test_another_site_deletes_no_account() -> None:
    make_order()
    client = Client(enforce_csrf_checks=True)
    log_in(client)
    customer = Customer.objects.create(email=BOB)
    session = client.session
    session["customer"] = customer.pk
    session.save()
    client.cookies["sessionid"] = session.session_key
    assert client.post("/account/delete/").status_code == 403
    assert Customer.objects.filter(pk=customer.pk).exists()


# --- Never the admin ----------------------------------------------------------------------------


def test_a_customer_with_the_address_of_somebody_of_the_staff_is_not_that_person(
    client: Client,
) -> None:
    """The walk through all addresses is tests/home/test_roles_walk.py."""
    make_user("root", is_superuser=True)
    make_order(email="root@example.com")
    log_in(client, "root@example.com")
    assert client.get("/account/").status_code == 200
    assert client.get("/admin/").url.startswith("/admin/login/")
    assert "_auth_user_id" not in client.session
    assert get_user_model().objects.get().last_login is None


def test_somebody_of_the_staff_keeps_their_place_in_the_admin(client: Client) -> None:
    client.force_login(make_user("root", is_superuser=True))
    make_order()
    log_in(client)
    assert client.get("/admin/").status_code == 200
    assert not OutgoingEmail.objects.exists()
