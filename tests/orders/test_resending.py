"""Mails that somebody asks to be sent again."""

import pytest
from django.contrib.auth.models import AbstractBaseUser, Permission
from django.core import mail
from django.test import Client

from home.granting import create_roles
from home.roles import SHOP_STAFF
from orders.models import Order, OutgoingEmail
from orders.outbox import process_outbox, queue_email
from tests.factories import make_order, make_user
from tests.orders.desk import page_of

pytestmark = pytest.mark.django_db

Kind = OutgoingEmail.Kind


@pytest.fixture
def order() -> Order:
    order = make_order(number="F7")
    queue_email(order, Kind.EXPIRED)
    assert process_outbox() == 1
    mail.outbox.clear()
    return order


@pytest.fixture
def clerk(site: object, client: Client) -> Client:
    create_roles()
    client.force_login(make_user("clerk", group=SHOP_STAFF))
    return client


def press(client: Client, order: Order, *, copy: int = 1, pk: object = None) -> str:
    sent = order.emails.earliest("pk")
    data = {"mail": sent.pk if pk is None else pk, "copy": copy}
    response = client.post(page_of(order, "resend"), data, follow=True)
    return response.content.decode() if response.status_code == 200 else ""


def test_one_press_sends_one_mail_and_the_timeline_says_who(clerk: Client, order: Order) -> None:
    shown = press(clerk, order)
    assert "“Time to pay is over” is sent again." in shown
    assert process_outbox() == 1
    [message] = mail.outbox
    assert message.to == ["alice@example.com"]
    event = order.events.get(kind="resent")
    assert (event.text, event.source) == ("Time to pay is over", "desk clerk")


def test_the_same_press_twice_sends_one_and_the_next_page_another(
    clerk: Client, order: Order
) -> None:
    press(clerk, order)
    press(clerk, order)
    assert process_outbox() == 1
    assert order.emails.count() == 2
    page = clerk.get(page_of(order)).content.decode()
    assert 'name="copy" value="2"' in page
    press(clerk, order, copy=2)
    assert process_outbox() == 1
    assert sorted(order.emails.values_list("copy", flat=True)) == [0, 1, 2]


def test_a_mail_that_still_waits_is_not_sent_twice(clerk: Client, order: Order) -> None:
    order.emails.update(state="pending")
    assert "This mail was not sent yet. It goes out by itself." in press(clerk, order)
    assert order.emails.count() == 1


def test_a_mail_that_failed_for_good_can_be_sent_again(clerk: Client, order: Order) -> None:
    order.emails.update(state="failed", last_error="SMTPRecipientsRefused")
    press(clerk, order)
    assert process_outbox() == 1


def test_there_is_an_end_to_it(clerk: Client, order: Order) -> None:
    assert "This mail was sent too often already." in press(clerk, order, copy=21)
    assert order.emails.count() == 1


def reader() -> AbstractBaseUser:
    """Somebody who sees orders and does nothing with them."""
    user = make_user("reader")
    names = ("access_admin", "view_order")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


@pytest.mark.parametrize("pk", ["0", "x", "9" * 40, ""])
def test_a_mail_that_is_not_this_order_s_is_not_found(clerk: Client, order: Order, pk: str) -> None:
    other = queue_email(make_order(), Kind.EXPIRED)
    assert press(clerk, order, pk=pk) == ""
    assert press(clerk, order, pk=other.pk) == ""
    assert OutgoingEmail.objects.count() == 2


def test_it_is_a_post_with_a_right_of_its_own(client: Client, site: object, order: Order) -> None:
    client.force_login(reader())
    assert "Send again" not in client.get(page_of(order)).content.decode()
    press(client, order)
    assert order.emails.count() == 1
    create_roles()
    client.force_login(make_user("clerk", group=SHOP_STAFF))
    assert client.get(page_of(order, "resend")).status_code == 405
