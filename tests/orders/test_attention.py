"""What needs a person: which orders, what for, until when, and what the desk shows of it."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from orders.attention import (
    CONCERNS,
    concern_of,
    concerns_by_order,
    needing_attention,
    settle_attention,
)
from orders.attention_queries import BANK_TAKES, REFUND_WAITS_FOR, UNPAID_FOR
from orders.changes import record_event
from orders.disputes import record_dispute
from orders.models import Dispute, Order, OrderEvent, OutgoingEmail, Refund
from orders.money_back import DisputeState, RefundState
from orders.refund_draft import draft_amount, draft_of_everything
from orders.resending import resend
from orders.status import OrderStatus
from shopsite.lib.money import Money
from tests.factories import make_order, make_user
from tests.orders.desk import INDEX, desk, listed, page_of, pay

pytestmark = pytest.mark.django_db

Kind = OrderEvent.Kind


def review(**fields: object) -> Order:
    return make_order(status=OrderStatus.REVIEW, **fields)


def out_of_stock(**fields: object) -> Order:
    order = review(**fields)
    record_event(order, Kind.STOCK, source="test")
    return order


def not_held(**fields: object) -> Order:
    order = make_order(status=OrderStatus.PAID, quantity=2, **fields)
    order.lines.update(allocated=1)
    return order


def paid_twice(**fields: object) -> Order:
    order = make_order(status=OrderStatus.PAID, **fields)
    pay(order)
    pay(order, payment_intent=f"pi_second_{order.pk}", is_duplicate=True)
    return order


def mismatch(**fields: object) -> Order:
    order = make_order(status=OrderStatus.SHIPPED, **fields)
    record_event(order, Kind.MISMATCH, source="test")
    return order


def disputed(state: str, **fields: object) -> Order:
    order = make_order(status=OrderStatus.PAID, **fields)
    Dispute.objects.create(
        order=order, stripe_id=f"dp_{order.pk}", amount=1, currency="EUR", state=state
    )
    return order


def dispute(**fields: object) -> Order:
    return disputed(DisputeState.NEEDS_RESPONSE, **fields)


def dispute_open(**fields: object) -> Order:
    return disputed(DisputeState.UNDER_REVIEW, **fields)


def dispute_lost(**fields: object) -> Order:
    order = disputed(DisputeState.LOST, **fields)
    record_event(order, Kind.DISPUTE, source="test")
    return order


def dispute_prevented(**fields: object) -> Order:
    order = disputed(DisputeState.PREVENTED, **fields)
    record_event(order, Kind.DISPUTE, source="test")
    return order


def dispute_won(**fields: object) -> Order:
    order = disputed(DisputeState.WON, **fields)
    order.disputes.update(was_lost=True)
    Order.objects.filter(pk=order.pk).update(status=OrderStatus.CANCELED)
    record_event(order, Kind.DISPUTE, source="test")
    return order


def refund(order: Order, state: str, amount: str = "5") -> Refund:
    payment = order.payments.last() or pay(order)
    return Refund.objects.create(
        order=order, payment=payment, amount=Decimal(amount), currency="EUR", state=state
    )


def refund_failed(**fields: object) -> Order:
    order = make_order(status=OrderStatus.PAID, **fields)
    refund(order, RefundState.FAILED)
    record_event(order, Kind.REFUND_FAILED, source="test")
    return order


def refund_waits(**fields: object) -> Order:
    order = make_order(status=OrderStatus.PAID, **fields)
    waiting = refund(order, RefundState.NEW)
    long_ago = timezone.now() - REFUND_WAITS_FOR - timedelta(seconds=1)
    Refund.objects.filter(pk=waiting.pk).update(created_at=long_ago)
    return order


def mail_failed(**fields: object) -> Order:
    order = make_order(status=OrderStatus.PAID, **fields)
    OutgoingEmail.objects.create(
        order=order, kind=OutgoingEmail.Kind.SHIPPED, state=OutgoingEmail.State.FAILED
    )
    return order


def unpaid(**fields: object) -> Order:
    return make_order(expires_at=timezone.now() - UNPAID_FOR - timedelta(seconds=1), **fields)


def bank(**fields: object) -> Order:
    order = make_order(status=OrderStatus.PROCESSING, **fields)
    long_ago = timezone.now() - BANK_TAKES - timedelta(seconds=1)
    Order.objects.filter(pk=order.pk).update(created_at=long_ago)
    return order


MAKERS: list[Callable[..., Order]] = [
    review, out_of_stock, not_held, paid_twice, mismatch, dispute, dispute_open, dispute_lost,
    dispute_prevented, dispute_won, refund_failed, refund_waits, mail_failed, unpaid, bank,
]  # fmt: skip


def codes(order: Order) -> list[str]:
    return [one.code for one in concerns_by_order([order.pk]).get(order.pk, [])]


def make_quiet_orders() -> None:
    """One of each status, and what comes near to a concern of each kind."""
    for status in OrderStatus:
        if status != OrderStatus.REVIEW:
            make_order(status=status)
    fine = make_order(status=OrderStatus.PAID)
    pay(fine)
    refund(fine, RefundState.NEW)
    refund(fine, RefundState.SUCCEEDED)
    record_event(fine, Kind.REFUND, source="test")
    for state in (OutgoingEmail.State.PENDING, OutgoingEmail.State.SENT):
        OutgoingEmail.objects.create(order=fine, kind=state, state=state)
    for number, state in enumerate(
        (DisputeState.WON, DisputeState.LOST, DisputeState.WARNING_CLOSED, DisputeState.PREVENTED)
    ):
        Dispute.objects.create(
            order=fine, stripe_id=f"dp_{number}", amount=1, currency="EUR", state=state
        )
    gone = dispute_lost()
    Order.objects.filter(pk=gone.pk).update(status=OrderStatus.SHIPPED)
    won = disputed(DisputeState.WON)
    record_event(won, Kind.DISPUTE, source="test")
    given_back = paid_twice()
    refund(given_back, RefundState.SUCCEEDED, amount=str(given_back.total))
    make_order(expires_at=timezone.now() - UNPAID_FOR + timedelta(minutes=1))


def test_there_is_a_maker_of_each_concern() -> None:
    assert [one.__name__ for one in MAKERS] == [one.code for one in CONCERNS]


def test_an_order_that_needs_nobody_is_not_called() -> None:
    make_quiet_orders()
    assert concerns_by_order() == {}
    assert list(needing_attention()) == []


@pytest.mark.parametrize("make", MAKERS)
def test_each_concern_finds_its_order_alone(make: Callable[..., Order]) -> None:
    make_quiet_orders()
    order = make()
    assert codes(order) == [make.__name__]
    assert list(needing_attention(make.__name__)) == [order]
    assert list(needing_attention()) == [order]


def test_a_code_that_there_is_not_finds_nothing() -> None:
    review()
    assert list(needing_attention("nonsense")) == []


def test_a_second_payment_needs_somebody_until_all_of_it_went_back() -> None:
    order = paid_twice()
    refund(order, RefundState.FAILED, amount=str(order.total))
    refund(order, RefundState.SUCCEEDED, amount="1.00")
    assert codes(order) == ["paid_twice"]
    refund(order, RefundState.PENDING, amount=str(order.total - 1))
    assert codes(order) == []


@pytest.mark.parametrize(
    ("kind", "status"), [(Kind.REFUND, ""), (Kind.STATUS, OrderStatus.CANCELED)]
)
def test_a_failed_refund_ends_with_the_next_one_or_with_the_order(kind: str, status: str) -> None:
    order = refund_failed()
    OrderEvent.objects.create(order=order, kind=Kind.STATUS, status="shipped", source="test")
    assert codes(order) == ["refund_failed"]
    OrderEvent.objects.create(order=order, kind=kind, status=status, source="test")
    assert codes(order) == []
    record_event(order, Kind.ATTENTION, source="test")
    assert codes(order) == ["refund_failed"]


@pytest.mark.parametrize(
    "make",
    [mismatch, dispute_lost, dispute_prevented, dispute_won, refund_failed, mail_failed],
)
def test_what_no_record_takes_back_ends_when_a_clerk_has_seen_to_it(
    make: Callable[..., Order],
) -> None:
    order, user = make(), make_user("rita")
    code = make.__name__
    assert settle_attention(order=order, code=code, user=user)
    assert codes(order) == []
    assert not settle_attention(order=order, code=code, user=user)
    event = order.events.get(kind=Kind.SETTLED)
    assert (event.user, event.source, event.concern) == (user, "desk", code)
    concern = concern_of(code)
    assert concern is not None
    assert event.text == str(concern.words)


BY_HAND = [one.code for one in CONCERNS if one.ends_by_hand]


def with_all_that_ends_by_hand() -> Order:
    order = dispute_lost()
    for number, state in enumerate((DisputeState.PREVENTED, DisputeState.WON)):
        Dispute.objects.create(
            order=order, stripe_id=f"dp_more_{number}", amount=1, currency="EUR", state=state,
            was_lost=True,
        )  # fmt: skip
    for kind in (Kind.MISMATCH, Kind.REFUND_FAILED):
        record_event(order, kind, source="test")
    OutgoingEmail.objects.create(
        order=order, kind=OutgoingEmail.Kind.SHIPPED, state=OutgoingEmail.State.FAILED
    )
    return order


@pytest.mark.parametrize("code", BY_HAND)
def test_what_is_seen_to_ends_alone(code: str) -> None:
    order = with_all_that_ends_by_hand()
    assert codes(order) == BY_HAND
    assert settle_attention(order=order, code=code, user=None)
    assert codes(order) == [one for one in BY_HAND if one != code]


def test_what_was_seen_to_before_each_concern_was_named_stays_so() -> None:
    order = with_all_that_ends_by_hand()
    record_event(order, Kind.SETTLED, source="desk")
    assert codes(order) == []


def test_a_mail_that_was_sent_again_needs_nobody_unless_that_fails_too() -> None:
    order = mail_failed()
    resend(order.emails.get(), copy=1, user=None)
    assert codes(order) == []
    order.emails.update(state=OutgoingEmail.State.FAILED)
    assert codes(order) == ["mail_failed"]


def test_what_happens_again_needs_somebody_again() -> None:
    order = mail_failed()
    settle_attention(order=order, code="mail_failed", user=None)
    OutgoingEmail.objects.create(
        order=order, kind=OutgoingEmail.Kind.REFUNDED, state=OutgoingEmail.State.FAILED
    )
    record_event(order, Kind.REFUND_FAILED, source="test")
    assert codes(order) == ["refund_failed", "mail_failed"]


@pytest.mark.parametrize("make", [review, dispute, paid_twice, unpaid])
def test_nobody_clicks_away_what_is_still_so(make: Callable[..., Order]) -> None:
    order = make()
    assert not settle_attention(order=order, code=make.__name__, user=None)
    assert codes(order) == [make.__name__]
    assert not order.events.filter(kind=Kind.SETTLED).exists()


# --- The desk ---------------------------------------------------------------------------------


def panel(html: str) -> str:
    found = re.search(r'<section class="order-attention".*?</section>', html, re.DOTALL)
    return re.sub(r"\s+", " ", found[0]) if found else ""


def test_the_list_begins_with_what_needs_a_person(clerk: Client) -> None:
    orders = [make(number=f"N{number}") for number, make in enumerate(MAKERS)]
    shown = panel(desk(clerk))
    assert f"{len(MAKERS)} orders need attention" in shown
    for order, concern in zip(orders, CONCERNS, strict=True):
        assert f'href="{page_of(order)}">{order.number}</a>' in shown
        assert str(concern.words).replace("'", "&#x27;") in shown


def test_orders_that_need_nobody_leave_no_trace_of_it(clerk: Client) -> None:
    make_quiet_orders()
    html = desk(clerk)
    assert panel(html) == ""
    assert "order-desk__concern" not in html


def test_many_of_a_kind_are_counted_and_led_to(clerk: Client) -> None:
    for number in range(7):
        review(number=f"R{number}")
    shown = panel(desk(clerk))
    assert re.findall(r">(R\d)</a>", shown) == ["R6", "R5", "R4", "R3", "R2"]
    assert re.search(r'href="[^"]*\?attention=review"> Show all 7 ', shown)
    assert len(listed(desk(clerk, attention="review"))) == 7


def test_a_narrowed_list_shows_its_reasons_in_its_rows_alone(clerk: Client) -> None:
    review(number="R1")
    mail_failed(number="M1")
    make_order(number="Q1")
    html = desk(clerk, attention="any")
    assert listed(html) == ["M1", "R1"]
    assert panel(html) == ""
    assert html.count('<span class="order-desk__concern">') == 2
    assert listed(desk(clerk, attention="mail_failed")) == ["M1"]
    assert listed(desk(clerk, attention="mail_failed", status="review")) == []
    assert listed(desk(clerk, attention="nonsense")) == []


def test_a_longer_list_of_needy_orders_needs_no_more_queries(clerk: Client) -> None:
    counts = []
    for times in (1, 5):
        for _time in range(times):
            for make in MAKERS:
                make()
        desk(clerk)
        with CaptureQueriesContext(connection) as queries:
            desk(clerk)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_of_an_order_says_it_and_a_clerk_notes_it_as_seen_to(clerk: Client) -> None:
    order = mail_failed()
    html = clerk.get(page_of(order)).content.decode()
    assert "A mail about it could not be delivered." in html
    assert page_of(order, "settle") in html
    assert '<input type="hidden" name="concern" value="mail_failed">' in html
    form = {"concern": "mail_failed"}
    response = clerk.post(page_of(order, "settle"), form, follow=True)
    assert response.redirect_chain == [(page_of(order), 302)]
    page = response.content.decode()
    assert "It is noted as seen to." in page
    assert 'id="concern-mail_failed"' not in page
    clerk.post(page_of(order, "settle"), form)
    assert order.events.filter(kind=Kind.SETTLED).count() == 1


def test_a_click_that_names_no_concern_of_the_order_ends_nothing(clerk: Client) -> None:
    order = dispute_lost()
    for form in ({}, {"concern": "mail_failed"}, {"concern": "nonsense" * 90}):
        clerk.post(page_of(order, "settle"), form)
    assert codes(order) == ["dispute_lost"]
    assert not order.events.filter(kind=Kind.SETTLED).exists()


def test_what_cannot_be_clicked_away_has_no_button(clerk: Client) -> None:
    order = dispute()
    html = clerk.get(page_of(order)).content.decode()
    assert "waits for an answer, in Stripe." in html
    assert page_of(order, "settle") not in html


def test_only_a_post_of_somebody_who_may_refund_settles(clerk: Client) -> None:
    order = mail_failed()
    assert clerk.get(page_of(order, "settle")).status_code == 405
    group = Group.objects.get(name="Shop staff")
    group.permissions.remove(group.permissions.get(codename="refund_order"))
    assert page_of(order, "settle") not in clerk.get(page_of(order)).content.decode()
    response = clerk.post(page_of(order, "settle"), {"concern": "mail_failed"})
    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    assert codes(order) == ["mail_failed"]


def test_the_shopper_reads_nothing_of_it(site: object, client: Client) -> None:
    order = mail_failed()
    settle_attention(order=order, code="mail_failed", user=None)
    assert "Seen to" not in client.get(order.get_absolute_url()).content.decode()


def test_the_desk_of_nobody_shows_nothing(client: Client) -> None:
    review()
    assert client.get(reverse(INDEX)).status_code == 302


def test_what_the_bank_took_of_a_second_payment_is_no_reason_to_cancel() -> None:
    """What was paid twice is over then, and what paid the order is all there to be given back."""
    order = paid_twice()
    first, second = order.payments.order_by("pk")
    assert codes(order) == ["paid_twice"]
    amount = Money(second.amount, "EUR")
    record_dispute(second, stripe_id="dp_2", amount=amount, state=DisputeState.LOST, source="test")
    assert codes(order) == []
    draft = draft_of_everything(order)
    assert draft is not None
    assert draft.payment == first
    assert draft_amount(draft, order.lines.in_bulk()) == Money(first.amount, "EUR")
