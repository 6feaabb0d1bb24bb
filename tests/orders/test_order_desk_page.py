"""The page of one order at the desk."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orders.invoices import issue_invoice
from orders.models import Dispute, Order, OrderEvent, OutgoingEmail, PaymentAttempt, Refund
from orders.status import AttemptState, OrderStatus
from shopsite.lib.pdf import PdfError
from tests.factories import make_order, make_user
from tests.orders.desk import INDEX, desk, page_of, pay


def make_eventful_order() -> Order:
    order = make_order(
        number="F77", status=OrderStatus.PAID, quantity=2, name="Zoë Ångström",
        email="zoe@example.com", phone="+49 30 1234", address_line2="Hinterhaus",
        note="Ring twice.\nThen wait.", paid_at=datetime(2026, 5, 4, 12, 30, tzinfo=UTC),
    )  # fmt: skip
    order.lines.update(options_label="Green / Large", allocated=1)
    pay(order, is_live=True)
    moment = datetime(2026, 5, 4, 12, 45, tzinfo=UTC)
    PaymentAttempt.objects.create(
        order=order, number=1, idempotency_key="key-1", request={"secret": "request"},
        state=AttemptState.COMPLETE, session_id="cs_live_1", expires_at=moment,
        returned_at=moment,
    )  # fmt: skip
    Refund.objects.create(
        order=order,
        payment=order.payments.get(),
        stripe_id="re_1",
        amount=Decimal(5),
        currency="EUR",
        state="succeeded",
    )
    Dispute.objects.create(
        order=order, stripe_id="dp_1", amount=Decimal(7), currency="EUR", state="needs_response"
    )
    OrderEvent.objects.create(order=order, kind=OrderEvent.Kind.PLACED, source="checkout")
    OrderEvent.objects.create(
        order=order, kind=OrderEvent.Kind.REFUND, text="Given back", source="a person",
        user=make_user("rita"),
    )  # fmt: skip
    OutgoingEmail.objects.create(
        order=order, kind=OutgoingEmail.Kind.CONFIRMATION, state=OutgoingEmail.State.FAILED,
        attempts=3, last_error="The mail server did not answer",
    )  # fmt: skip
    return order


def test_the_page_of_an_order_shows_everything_about_it(clerk: Client) -> None:
    order = make_eventful_order()
    invoice = issue_invoice(order)
    html = clerk.get(page_of(order)).content.decode()
    shown = [
        "F77", "Paid", "MUG-1", "Speckled Mug", "Green / Large", "€24.00", "€48.00", "€52.90",
        "€4.90", "Parcel", "Tax included (19 %)", "€4.61", "Zoë Ångström", "zoe@example.com",
        "+49 30 1234", "Gartenweg 3", "Hinterhaus", "10115 Berlin", "Germany", "Ring twice.",
        "Then wait.", "pi_F77", "cs_live_1", "Complete", "shopper returned 4 May 2026, 12:45",
        "re_1", "€5.00", "Given back", "dp_1", "€7.00", "Needs an answer", "Order placed",
        "checkout", "rita", "Confirmation with invoice", "Failed",
        "The mail server did not answer", "Stock is held for 1 of 2 pieces left to ship.",
        f"Invoice {invoice.number}", page_of(order, "invoice"), "paid 4 May 2026, 12:30",
    ]  # fmt: skip
    assert [text for text in shown if text not in html] == []
    assert order.token not in html


def test_one_piece_that_is_left_to_ship_is_a_piece(clerk: Client) -> None:
    order = make_order(status=OrderStatus.PARTLY_SHIPPED, quantity=3)
    order.lines.update(allocated=1, shipped=2)
    html = clerk.get(page_of(order)).content.decode()
    assert "Stock is held for 1 of 1 piece left to ship." in html


@pytest.mark.parametrize(
    ("status", "shipped"), [(OrderStatus.SHIPPED, 2), (OrderStatus.EXPIRED, 0)]
)
def test_of_an_order_with_nothing_left_to_ship_no_stock_is_told(
    clerk: Client, status: OrderStatus, shipped: int
) -> None:
    order = make_order(status=status, quantity=2)
    order.lines.update(allocated=0, shipped=shipped)
    assert "Stock is held" not in clerk.get(page_of(order)).content.decode()


def test_an_unpaid_order_says_until_when_it_can_be_paid(clerk: Client) -> None:
    order = make_order(expires_at=datetime(2026, 5, 4, 13, tzinfo=UTC))
    html = clerk.get(page_of(order)).content.decode()
    assert "can be paid until 4 May 2026, 13:00" in html
    assert "No money has arrived." in html
    assert page_of(order, "invoice") not in html


def test_the_page_needs_the_same_queries_for_any_history(clerk: Client) -> None:
    order = make_eventful_order()
    issue_invoice(order)
    counts = []
    for number in range(2):
        clerk.get(page_of(order))  # Warms what Wagtail and Django keep between requests.
        with CaptureQueriesContext(connection) as queries:
            clerk.get(page_of(order))
        counts.append(len(queries))
        pay(order, payment_intent=f"pi_{number}")
        for name in ("ada", "ben", "cleo"):
            OrderEvent.objects.create(
                order=order, kind="status", source="x", user=make_user(f"{name}-{number}")
            )
    assert counts[0] == counts[1]


def test_nothing_a_customer_wrote_is_markup(clerk: Client) -> None:
    evil = "<script>alert(1)</script>"
    order = make_order(name=evil, note=evil, city=evil, phone=evil, address_line2=evil)
    order.lines.update(title=evil, options_label=evil)
    assert evil not in clerk.get(page_of(order)).content.decode()
    assert evil not in desk(clerk)


def test_the_invoice_is_a_pdf_named_after_its_number(clerk: Client) -> None:
    order = make_eventful_order()
    invoice = issue_invoice(order)
    response = clerk.get(page_of(order, "invoice"))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{invoice.number}.pdf"'
    assert response.content.startswith(b"%PDF-")


def test_an_order_without_an_invoice_has_no_pdf(clerk: Client) -> None:
    assert clerk.get(page_of(make_order(), "invoice")).status_code == 404


def test_an_invoice_that_cannot_be_typeset_is_told_on_the_order(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(invoice: object) -> bytes:
        raise PdfError("no fonts")

    monkeypatch.setattr("orders.pdf_answer.paper_pdf", fail)
    order = make_eventful_order()
    issue_invoice(order)
    response = clerk.get(page_of(order, "invoice"), follow=True)
    assert response.redirect_chain == [(page_of(order), 302)]
    assert "The PDF cannot be typeset now." in response.content.decode()


@pytest.mark.parametrize("pk", ["999999", "abc", "9" * 30, "1-1"])
def test_an_order_that_does_not_exist_is_not_found(clerk: Client, pk: str) -> None:
    path = reverse(INDEX)
    assert clerk.get(f"{path}inspect/{pk}/").status_code == 404
    assert clerk.get(f"{path}invoice/{pk}/").status_code == 404


def test_a_dispute_leads_to_stripe_and_says_until_when_it_can_be_answered(
    clerk: Client, settings
) -> None:
    settings.STRIPE_API_BASE = ""
    order = make_order()
    pay(order)
    due_by = datetime(2026, 5, 12, 21, 59, tzinfo=UTC)
    dispute = Dispute.objects.create(
        order=order, stripe_id="du_1", amount=7, currency="EUR", state="needs_response",
        due_by=due_by,
    )  # fmt: skip
    html = clerk.get(page_of(order)).content.decode()
    assert 'href="https://dashboard.stripe.com/test/disputes/du_1"' in html
    assert "until 12 May 2026, 21:59" in html
    Dispute.objects.filter(pk=dispute.pk).update(state="lost")
    assert "until 12 May" not in clerk.get(page_of(order)).content.decode()
