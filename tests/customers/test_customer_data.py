"""What is kept about an address: seen, taken along, erased, and when it may not be."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from customers import customer_data
from customers.customer_data import (
    CannotErase,
    digest_of,
    erase_customer_data,
    find_customer_data,
    why_not_erase,
)
from customers.models import DataLogEntry
from orders.credit_notes import issue_credit_note
from orders.invoices import issue_invoice
from orders.models import Dispute, Order, OutgoingEmail, Payment, PaymentAttempt, Refund
from orders.money_back import DisputeState, RefundState
from orders.outbox import queue_email, send_email
from orders.papers import paper_pdf
from orders.resending import CannotResend, resend
from orders.status import AttemptState, OrderStatus
from shopsite.contact.models import FormSubmission
from tests.customers.coming_back import ALICE, BOB, log_in
from tests.factories import make_order, make_user

Kind = OutgoingEmail.Kind
PAGE = "/admin/customer-data/"
EXPORTED, ERASED = DataLogEntry.Kind.EXPORTED, DataLogEntry.Kind.ERASED


def make_sold_order(**fields: Any) -> Order:
    """Paid, sent and with an invoice."""
    values = {"status": OrderStatus.SHIPPED, "paid_at": timezone.now(), **fields}
    order = make_order(**values)
    order.lines.update(allocated=0, shipped=1)
    Payment.objects.create(
        order=order, payment_intent=f"pi_{order.pk}", amount=order.total, currency="EUR"
    )
    issue_invoice(order)
    return order


def refund_of(order: Order, state: str) -> Refund:
    return Refund.objects.create(
        order=order, payment=order.payments.get(), stripe_id="re_1", amount=order.total,
        currency="EUR", state=state,
    )  # fmt: skip


def dispute_of(order: Order, state: str) -> Dispute:
    return Dispute.objects.create(
        order=order, stripe_id="dp_1", amount=order.total, currency="EUR", state=state
    )


def attempt_of(order: Order, state: str) -> PaymentAttempt:
    return PaymentAttempt.objects.create(
        order=order, number=1, idempotency_key="k1", request={}, state=state,
        expires_at=timezone.now(),
    )  # fmt: skip


# --- What is not over ------------------------------------------------------------------------

CAN_BE_PAID = "Order %s can still be paid."
NOT_SHIPPED = "Order %s is paid and not wholly shipped."
NEEDS_A_PERSON = "Order %s needs a person first; the order desk says why."
REFUND = "A refund of order %s is under way."
BANK = "The bank has not decided about order %s."


def in_status(status: OrderStatus) -> Callable[[Order], Any]:
    return lambda order: Order.objects.filter(pk=order.pk).update(status=status)


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (in_status(OrderStatus.AWAITING_PAYMENT), CAN_BE_PAID),
        (in_status(OrderStatus.PROCESSING), CAN_BE_PAID),
        (lambda order: attempt_of(order, AttemptState.NEW), CAN_BE_PAID),
        (lambda order: attempt_of(order, AttemptState.OPEN), CAN_BE_PAID),
        (in_status(OrderStatus.PAID), NOT_SHIPPED),
        (in_status(OrderStatus.PARTLY_SHIPPED), NOT_SHIPPED),
        (in_status(OrderStatus.REVIEW), NEEDS_A_PERSON),
        (lambda order: order.payments.update(is_duplicate=True), NEEDS_A_PERSON),
        (lambda order: refund_of(order, RefundState.NEW), REFUND),
        (lambda order: refund_of(order, RefundState.PENDING), REFUND),
        (lambda order: refund_of(order, RefundState.REQUIRES_ACTION), REFUND),
        (lambda order: dispute_of(order, DisputeState.NEEDS_RESPONSE), BANK),
        (lambda order: dispute_of(order, DisputeState.UNDER_REVIEW), BANK),
    ],
)
def test_what_is_not_over_is_not_erased(happens: Callable[[Order], Any], reason: str) -> None:
    order = make_sold_order()
    make_sold_order()
    happens(order)

    with pytest.raises(CannotErase) as error:
        erase_customer_data(email=ALICE, orders=2, user=None)

    assert error.value.reasons == [reason % order.number]
    assert set(Order.objects.values_list("email", flat=True)) == {ALICE}
    assert DataLogEntry.objects.count() == 0


@pytest.mark.parametrize(
    "happens",
    [
        in_status(OrderStatus.DELIVERED),
        in_status(OrderStatus.EXPIRED),
        in_status(OrderStatus.CANCELED),
        lambda order: attempt_of(order, AttemptState.COMPLETE),
        lambda order: refund_of(order, RefundState.SUCCEEDED),
        lambda order: dispute_of(order, DisputeState.LOST),
        # Whom nobody could write to does not have to be called before.
        lambda order: order.emails.create(kind=Kind.SHIPPED, state="failed"),
    ],
)
def test_what_is_over_is_erased(happens: Callable[[Order], Any]) -> None:
    order = make_sold_order()
    happens(order)

    assert why_not_erase(ALICE) == []
    assert erase_customer_data(email=ALICE, orders=1, user=None) is not None
    order.refresh_from_db()
    assert order.is_erased
    assert not order.emails.exclude(state="sent").exists()


def test_who_has_seen_another_number_of_orders_looks_again() -> None:
    make_sold_order()
    make_sold_order(email="Alice@Example.com")

    with pytest.raises(CannotErase) as error:
        erase_customer_data(email=ALICE, orders=1, user=None)

    assert error.value.reasons == ["There are 2 orders, not 1. Look at them once more."]
    assert not any(order.is_erased for order in Order.objects.all())


def test_erasing_again_finds_nothing_and_leaves_one_entry_without_the_address() -> None:
    user = make_user("clerk")
    make_sold_order()

    entry = erase_customer_data(email=" Alice@example.com", orders=1, user=user)
    assert erase_customer_data(email=ALICE, orders=1, user=user) is None

    assert DataLogEntry.objects.get() == entry
    assert entry is not None
    assert (entry.kind, entry.orders, entry.records, entry.user) == (ERASED, 1, 1, user)
    assert entry.digest == digest_of(ALICE)
    assert "alice" not in repr(vars(entry)).lower()


def test_the_digest_is_keyed(settings: Any) -> None:
    before = digest_of(ALICE)
    settings.SECRET_KEY = "another" * 9

    assert digest_of(ALICE) != before


def test_others_keep_what_is_theirs() -> None:
    make_sold_order()
    others = [make_sold_order(email=email) for email in (BOB, f"mary.{ALICE}", f"{ALICE}.au")]
    answers = [{"label": "Who", "value": [f"Ask mary.{ALICE}", f"or {ALICE}.au"]}]
    FormSubmission.objects.create(form_title="A", answers=answers, digest="1")
    FormSubmission.objects.create(
        form_title="A", answers=[{"label": "Who", "value": f"Write to <{ALICE}>."}], digest="2"
    )

    found = find_customer_data(ALICE)
    assert [(part.code, len(part.records)) for part in found.parts] == [
        ("orders", 1), ("messages", 1),
    ]  # fmt: skip
    erase_customer_data(email=ALICE, orders=1, user=None)

    assert list(FormSubmission.objects.values_list("digest", flat=True)) == ["1"]
    for order in others:
        order.refresh_from_db()
        assert order.name == "Alice Arnold"


# --- Afterwards ------------------------------------------------------------------------------


def test_papers_stay_as_they_were_and_links_and_log_ins_end(client: Client) -> None:
    order = make_sold_order()
    link, pdf, document = order.get_absolute_url(), paper_pdf(order.invoice), order.invoice.document
    log_in(client, ALICE)
    assert client.get(link).status_code == client.get("/account/").status_code == 200

    erase_customer_data(email=ALICE, orders=1, user=None)

    order = Order.objects.get(pk=order.pk)
    assert order.invoice.document == document
    assert paper_pdf(order.invoice) == pdf
    assert client.get(link).status_code == 404
    assert client.get("/account/")["Location"] == "/account/log-in/"
    assert client.session.is_empty()


def test_nobody_is_written_to_after_the_address_is_erased() -> None:
    order = make_sold_order()
    sent = order.emails.create(kind=Kind.SHIPPED, state="sent")
    erase_customer_data(email=ALICE, orders=1, user=None)
    order.refresh_from_db()

    late = queue_email(order, Kind.REFUNDED)
    assert send_email(late.pk) is False
    late.refresh_from_db()
    assert (late.state, late.sent_at, len(mail.outbox)) == ("sent", None, 0)
    with pytest.raises(CannotResend, match="data was erased"):
        resend(sent, copy=1, user=None)


def test_money_that_goes_back_later_gets_a_paper_to_whom_the_invoice_was() -> None:
    order = make_sold_order()
    erase_customer_data(email=ALICE, orders=1, user=None)
    order = Order.objects.get(pk=order.pk)

    note = issue_credit_note(refund_of(order, RefundState.SUCCEEDED))

    assert note is not None
    assert note.document["bill_to"] == order.invoice.document["bill_to"]
    assert note.document["bill_to"][0] == "Alice Arnold"


# --- The page --------------------------------------------------------------------------------


def test_the_zip_holds_all_of_it_and_the_papers(admin_client: Client) -> None:
    order = make_sold_order()
    response = admin_client.post(PAGE, {"email": "ALICE@example.com", "action": "export"})

    with zipfile.ZipFile(io.BytesIO(b"".join(response))) as archive:
        assert archive.namelist() == ["data.json", f"{order.invoice.number}.pdf"]
        content = json.loads(archive.read("data.json"))
        assert archive.read(f"{order.invoice.number}.pdf") == paper_pdf(order.invoice)
    [kept] = content["kept"]["orders"]
    assert (kept["number"], kept["name"], kept["total"]) == (order.number, "Alice Arnold", "28.900")
    assert content["email"] == ALICE
    assert "alice" not in str(response.headers).lower()
    assert "no-store" in response["Cache-Control"]
    assert DataLogEntry.objects.get().kind == EXPORTED


def test_the_page_shows_refuses_and_erases(admin_client: Client, admin_user: User) -> None:
    order = make_sold_order(status=OrderStatus.PAID)
    looked = {"email": ALICE, "action": "show"}

    page = admin_client.post(PAGE, looked).content.decode()
    assert f"Order {order.number} is paid and not wholly shipped." in page
    assert "Erase for good" not in page

    Order.objects.update(status=OrderStatus.SHIPPED)
    assert "Erase for good" in admin_client.post(PAGE, looked).content.decode()
    for number in ("", "2", "one"):
        admin_client.post(PAGE, {**looked, "action": "erase", "orders": number})
        assert Order.objects.get().email == ALICE
    page = admin_client.post(PAGE, {**looked, "action": "erase", "orders": "1"}).content.decode()
    assert "It is erased." in page
    assert "Erased by admin" in " ".join(page.split())
    assert Order.objects.get().is_erased
    assert DataLogEntry.objects.get().user == admin_user


def test_looking_changes_nothing_and_an_address_in_an_address_is_not_read(
    admin_client: Client,
) -> None:
    make_sold_order()
    assert "Alice" not in admin_client.get(PAGE, {"email": ALICE}).content.decode()
    admin_client.get(PAGE, {"email": ALICE, "action": "erase", "orders": "1"})

    assert Order.objects.get().email == ALICE
    assert DataLogEntry.objects.count() == 0


def test_the_desk_calls_an_erased_order_erased(admin_client: Client) -> None:
    order = make_sold_order()
    erase_customer_data(email=ALICE, orders=1, user=None)

    for address in ("/admin/orders/order/", f"/admin/orders/order/inspect/{order.pk}/"):
        page = admin_client.get(address)
        assert page.status_code == 200
        assert "Erased" in page.content.decode()
        assert "erased.invalid" not in page.content.decode()


def test_an_order_that_is_placed_while_the_rest_is_erased_stays_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_sold_order(number="F1", email=ALICE)
    find = customer_data.find_customer_data

    def find_and_order(email: str) -> customer_data.Found:
        """By now nothing more is asked about what is open."""
        found = find(email)
        make_order(number="F2", email=ALICE, name="Alice Arnold")
        return found

    monkeypatch.setattr(customer_data, "find_customer_data", find_and_order)
    assert erase_customer_data(email=ALICE, orders=1, user=None) is not None
    assert dict(Order.objects.values_list("number", "name")) == {"F1": "", "F2": "Alice Arnold"}
