"""The report that compares the shop's books with Stripe's, and what its button does."""

import csv
import re
from datetime import timedelta
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from checkout import gateway
from checkout.reconciliation import comparing, report
from checkout.reconciliation.comparing import Comparison
from home.granting import create_roles
from home.roles import EDITORS, SHOP_STAFF
from orders.models import CreditNote, Invoice, Order, OutgoingEmail, Payment, Refund
from orders.status import OrderStatus
from shopsite.cms.reports.days import shop_today
from tests.factories import make_order, make_product_page, make_user
from tests.flows.shopper import Shopper
from tests.orders.desk import pay

REPORT = "/admin/reports/stripe-comparison/"
APPLY = f"{REPORT}apply/"


@pytest.fixture
def goods(shopper: Shopper) -> None:
    make_product_page(sku="MUG", on_hand=50)


@pytest.fixture
def clerk(shopper: Shopper) -> Client:
    create_roles()
    client = Client()
    client.force_login(make_user("clerk", group=SHOP_STAFF))
    return client


def buy_unheard(shopper: Shopper) -> tuple[Order, str]:
    """Paid at Stripe, and no news of it arrived; the order and the payment intent."""
    shopper.client.cookies.clear()
    shopper.add("MUG")
    order, session_id = shopper.check_out()
    shopper.sandbox.pay(session_id)
    return order, str(shopper.sandbox.session(session_id)["payment_intent"])


def buy(shopper: Shopper) -> tuple[Order, str]:
    shopper.client.cookies.clear()
    order = shopper.buy("MUG")
    return order, order.payments.get().payment_intent


def read(clerk: Client, **query: str) -> str:
    response = clerk.get(REPORT, query)
    assert response.status_code == 200
    return response.content.decode()


def rows(clerk: Client) -> list[tuple[str, ...]]:
    """What the export says: what differs, order, reference, at Stripe, here."""
    response = clerk.get(REPORT, {"export": "csv"})
    found = csv.reader(StringIO(b"".join(response.streaming_content).decode()))
    return [(row[1], row[2], row[3], row[5], row[6]) for row in list(found)[1:]]


def press_apply(clerk: Client, reference: str) -> str:
    response = clerk.post(f"{APPLY}?days_to={shop_today()}", {"reference": reference})
    assert response["Location"] == f"{REPORT}?days_to={shop_today()}"
    response = clerk.get(REPORT)
    return response.content.decode()


def test_books_that_agree_have_no_rows(shopper: Shopper, goods, clerk: Client) -> None:
    _order, intent = buy(shopper)
    shopper.sandbox.refund(intent, 500)
    shopper.deliver("refund.created")
    assert rows(clerk) == []
    html = read(clerk)
    assert "Stripe and the shop agree about all of these days." in html
    assert "2 entries agree." in html


def test_days_without_anything_are_not_said_to_agree(shopper: Shopper, clerk: Client) -> None:
    html = read(clerk)
    assert "No payment or refund in these days, neither at Stripe nor here." in html
    assert "agree" not in html


def test_days_with_entries_of_other_software_alone_are_not_said_to_be_empty(
    shopper: Shopper, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "compare_books", lambda begin, end: Comparison((), 0, 3))
    html = read(clerk)
    assert "3 entries belong to other software on the same Stripe account." in html
    assert "Stripe and the shop agree about all of these days." in html
    assert "0 entries" not in html
    assert "No payment or refund" not in html


def test_what_was_paid_at_stripe_alone_is_named_and_applied_once(
    shopper: Shopper, goods, clerk: Client
) -> None:
    order, intent = buy_unheard(shopper)
    assert rows(clerk) == [
        ("Paid at Stripe, not here", order.number, intent, "28.90", ""),
    ]  # fmt: skip
    for _press in range(2):
        html = press_apply(clerk, intent)
        assert f"Order {order.number} knows now what Stripe knows." in html
        assert (Payment.objects.count(), Invoice.objects.count()) == (1, 1)
        assert OutgoingEmail.objects.count() == 2
    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    [change] = order.events.filter(kind="status")
    assert (change.status, change.source) == ("paid", "reconciliation")
    assert rows(clerk) == []
    entry = ModelLogEntry.objects.first()
    assert entry is not None
    assert (entry.action, entry.user.username) == ("checkout.apply_reconciliation", "clerk")


def test_what_was_paid_here_alone_is_named_and_cannot_be_applied(
    shopper: Shopper, clerk: Client
) -> None:
    order = make_order(number="F9", status=OrderStatus.PAID)
    pay(order)
    assert rows(clerk) == [("Paid here, not at Stripe", "F9", "pi_F9", "", "28.90")]
    html = read(clerk)
    assert "pi_F9" in html
    assert "Apply: pi_F9" not in html
    assert "Stripe knows of no such payment." in press_apply(clerk, "pi_F9")


def test_a_payment_that_stripe_refuses_to_look_for_is_not_there(
    shopper: Shopper, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(payment_intent: str) -> None:
        raise gateway.GatewayRejected("resource_missing")

    monkeypatch.setattr(gateway, "find_session", refuse)
    pay(make_order(number="F9", status=OrderStatus.PAID))
    assert rows(clerk) == [("Paid here, not at Stripe", "F9", "pi_F9", "", "28.90")]


def test_a_demonstration_was_never_paid_anywhere(shopper: Shopper, clerk: Client) -> None:
    pay(make_order(status=OrderStatus.PAID), payment_intent="pi_demo_1")
    assert rows(clerk) == []


def test_amounts_are_compared_to_the_cent(shopper: Shopper, goods, clerk: Client) -> None:
    order, intent = buy(shopper)
    shopper.sandbox.refund(intent, 500)
    shopper.deliver("refund.created")
    refund = Refund.objects.get()
    Payment.objects.update(amount="28.91")
    Refund.objects.update(amount="4.99")
    assert sorted(rows(clerk)) == sorted(
        [
            ("The amounts differ", order.number, intent, "28.90", "28.91"),
            ("The amounts differ", order.number, refund.stripe_id, "5.00", "4.99"),
        ]
    )
    assert "Apply:" not in read(clerk)


def test_a_refund_of_the_dashboard_that_nobody_heard_of_is_applied_once(
    shopper: Shopper, goods, clerk: Client
) -> None:
    order, intent = buy(shopper)
    refund = shopper.sandbox.refund(intent, 500)
    expected = ("Refunded at Stripe, not here", order.number, refund["id"], "5.00", "")
    assert rows(clerk) == [expected]
    for _press in range(2):
        press_apply(clerk, refund["id"])
        found = Refund.objects.get()
        assert (found.stripe_id, str(found.amount), found.state) == (
            refund["id"], "5.000", "succeeded",
        )  # fmt: skip
        assert CreditNote.objects.count() == 1
    assert rows(clerk) == []


def test_a_refund_of_the_desk_whose_answer_was_lost_is_known_by_its_reference(
    shopper: Shopper, goods, clerk: Client
) -> None:
    order, intent = buy(shopper)
    asked = Refund.objects.create(
        order=order, payment=order.payments.get(), currency="EUR", amount=5, other_amount=5,
        submission=uuid4(), state="new",
    )  # fmt: skip
    metadata = {"refund": str(asked.submission)}
    there = gateway.create_refund(
        {"payment_intent": intent, "amount": 500, "metadata": metadata}, "key-1"
    )
    expected = ("Refunded at Stripe, not here", order.number, there.id, "5.00", "")
    assert rows(clerk) == [expected]
    press_apply(clerk, there.id)
    [refund] = Refund.objects.all()
    assert (refund.pk, refund.stripe_id, refund.state) == (asked.pk, there.id, "succeeded")
    assert rows(clerk) == []


def test_a_refund_of_a_payment_that_is_not_here_waits_for_it(
    shopper: Shopper, goods, clerk: Client
) -> None:
    order, intent = buy_unheard(shopper)
    refund = shopper.sandbox.refund(intent, 500)
    assert {row[0] for row in rows(clerk)} == {
        "Paid at Stripe, not here", "Refunded at Stripe, not here",
    }  # fmt: skip
    assert "Its payment is not recorded here." in press_apply(clerk, refund["id"])
    assert not Refund.objects.exists()
    press_apply(clerk, intent)
    press_apply(clerk, refund["id"])
    assert Refund.objects.get().order == order
    assert rows(clerk) == []


def test_a_refund_that_stripe_does_not_know_is_named(
    shopper: Shopper, goods, clerk: Client
) -> None:
    order, _intent = buy(shopper)
    Refund.objects.create(
        order=order, payment=order.payments.get(), stripe_id="re_none", currency="EUR", amount=5,
        state="succeeded", settled_at=timezone.now(),
    )  # fmt: skip
    expected = ("Refunded here, not at Stripe", order.number, "re_none", "", "5.00")
    assert rows(clerk) == [expected]
    assert "Stripe knows of no such payment or refund." in press_apply(clerk, "re_none")


def test_a_refund_that_failed_at_stripe_afterwards_is_applied(
    shopper: Shopper, goods, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, intent = buy(shopper)
    refund = shopper.sandbox.refund(intent, 500)
    shopper.deliver("refund.created")
    with shopper.sandbox._sandbox.unit() as unit:
        unit.records.save({**refund, "status": "failed"})
    assert rows(clerk) == [("Refunded here, not at Stripe", order.number, refund["id"], "", "5.00")]
    press_apply(clerk, refund["id"])
    assert Refund.objects.get().state == "failed"
    assert order.events.filter(kind="attention").count() == 1
    assert rows(clerk) == []


def test_payments_of_other_software_are_counted_and_no_fault(
    shopper: Shopper, goods, clerk: Client
) -> None:
    order, _intent = buy_unheard(shopper)
    request = {**order.attempts.get().request, "metadata": {"shop": "another"}}
    foreign = gateway.create_session(request, "other-shop-1")
    shopper.sandbox.pay(foreign.id)
    session = shopper.sandbox.session(foreign.id)
    shopper.sandbox.refund(session["payment_intent"], 100)
    assert [row[1] for row in rows(clerk)] == [order.number]
    html = read(clerk)
    assert "2 entries belong to other software on the same Stripe account." in html
    assert session["payment_intent"] not in html
    assert "belongs to no order of this shop" in press_apply(clerk, session["payment_intent"])
    assert not Payment.objects.exists()


def test_a_payment_begun_the_day_before_is_known_by_its_own_page(
    shopper: Shopper, goods, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bank took days for it, so that no list of these days holds its session."""
    buy(shopper)
    listed = gateway.list_paid_sessions

    def list_of_later(begin, end, *, deadline):
        return listed(begin + timedelta(days=99), end + timedelta(days=99), deadline=deadline)

    monkeypatch.setattr(gateway, "list_paid_sessions", list_of_later)
    assert rows(clerk) == []


def test_days_are_whole_days_of_the_shop(shopper: Shopper, goods, clerk: Client) -> None:
    buy_unheard(shopper)
    long_ago = {"days_from": "2020-01-01", "days_to": "2020-01-31"}
    assert "No payment or refund in these days" in read(clerk, **long_ago)
    too_many = {"days_from": "2020-01-01", "days_to": "2020-02-01"}
    assert "These days hold more than can be compared at once." in read(clerk, **too_many)
    assert "Choose a first and a last day." in read(clerk, days_from="2020-01-01")
    reversed_days = {"days_from": "2020-01-02", "days_to": "2020-01-01"}
    assert "These are no days that can be shown." in read(clerk, **reversed_days)
    week = f"days_from={shop_today() - timedelta(days=6)}&amp;days_to={shop_today()}"
    assert re.search(rf'{week}"\s+aria-current="true">Last 7 days', read(clerk))


def test_while_stripe_is_down_the_page_says_so_and_there_is_no_empty_file(
    shopper: Shopper, clerk: Client, settings
) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    words = "Stripe does not answer now, so nothing was compared."
    assert words in read(clerk)
    for kind in ("csv", "xlsx"):
        response = clerk.get(REPORT, {"export": kind, "days_to": "2026-01-01"})
        assert response["Location"] == f"{REPORT}?days_to=2026-01-01"
        assert words in read(clerk)
    assert "Stripe does not answer now. Nothing was changed." in press_apply(clerk, "pi_1")


def test_more_than_can_be_fetched_is_said(
    shopper: Shopper, goods, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    buy_unheard(shopper)
    monkeypatch.setattr(comparing, "SECONDS", -1)
    assert "These days hold more than can be compared at once." in read(clerk)


def test_lists_are_fetched_page_by_page_and_to_an_end(
    shopper: Shopper, goods, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(3):
        buy_unheard(shopper)
    monkeypatch.setattr("checkout.gateway.ledger.PAGE_SIZE", 1)
    assert len(rows(clerk)) == 3
    monkeypatch.setattr("checkout.gateway.ledger.MOST", 2)
    assert "These days hold more than can be compared at once." in read(clerk)


def test_a_longer_report_needs_no_more_queries(shopper: Shopper, goods, clerk: Client) -> None:
    counts = []
    for _round in range(2):
        _order, intent = buy(shopper)
        shopper.sandbox.refund(intent, 500)
        buy_unheard(shopper)
        read(clerk)
        with CaptureQueriesContext(connection) as queries:
            read(clerk)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_amounts_in_a_workbook_are_numbers_and_nothing_is_a_formula(
    shopper: Shopper, goods, clerk: Client
) -> None:
    buy_unheard(shopper)
    response = clerk.get(REPORT, {"export": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    head, line = list(sheet.rows)
    assert [cell.value for cell in head] == [
        "Day", "What differs", "Order", "Payment or refund", "Currency", "At Stripe", "Here",
    ]  # fmt: skip
    assert (line[5].value, line[5].data_type) == (28.9, "n")
    assert {cell.data_type for row in (head, line) for cell in row} <= {"s", "n", "d"}


def test_seeing_and_applying_are_two_rights(shopper: Shopper, goods, clerk: Client) -> None:
    _order, intent = buy_unheard(shopper)
    reader = make_user("reader")
    names = ["access_admin", "view_reconciliation"]
    reader.user_permissions.set(Permission.objects.filter(codename__in=names))
    clerk.force_login(reader)
    assert intent in read(clerk)
    assert "Apply:" not in read(clerk)
    assert "/admin/orders/order/inspect/" not in read(clerk)
    assert clerk.post(APPLY, {"reference": intent})["Location"] == "/admin/"
    clerk.force_login(make_user("editor", group=EDITORS))
    assert clerk.get(REPORT)["Location"] == "/admin/"
    assert clerk.post(APPLY, {"reference": intent})["Location"] == "/admin/"
    assert clerk.get(APPLY).status_code == 405
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    "reference", ["", "pi_", "cs_test_1", "pi_1/../x", "re_1 2", "pi_" + "x" * 90]
)
def test_what_is_no_payment_or_refund_is_not_looked_for(
    shopper: Shopper, clerk: Client, reference: str
) -> None:
    assert "Choose what is to be applied in the list." in press_apply(clerk, reference)
