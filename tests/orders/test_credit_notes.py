"""Credit notes: one for each refund of an invoice, numbered without gaps, true to the cent."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from home.granting import create_roles
from home.models import HomePage
from home.roles import SHOP_STAFF
from orders import canceling, refunds
from orders.canceling import cancel_order
from orders.credit_notes import issue_credit_note
from orders.invoices import issue_invoice
from orders.models import CreditNote, Invoice, Order, Refund
from orders.outbox import process_outbox
from orders.papers import paper_pdf
from orders.refund_records import record_refund
from orders.refunds import request_refund, send_refund
from orders.taxes import order_tax_shares
from tests.factories import make_order, make_user
from tests.orders.desk import page_of, pay
from tests.orders.refunding import draft_of, euros, make_paid_order, piece
from tests.orders.stripe_double import ProviderDouble

pytestmark = pytest.mark.django_db

YEAR = timezone.localdate().year


@pytest.fixture(autouse=True)
def stripe(monkeypatch: pytest.MonkeyPatch) -> ProviderDouble:
    double = ProviderDouble()
    monkeypatch.setattr(refunds, "payment_provider", lambda: double)
    monkeypatch.setattr(canceling, "payment_provider", lambda: double)
    return double


@pytest.fixture
def order() -> Order:
    """Mugs of 96.00 and a parcel of 4.90 with 19 %, bowls of 60.00 with 7 %; invoiced."""
    made = make_paid_order(
        paid_at=timezone.now(), tax_total="20.04", shipping_tax="0.78", shipping_tax_rate=19
    )
    made.lines.filter(sku="MUG-1").update(line_tax="15.33", tax_rate=19)
    made.lines.filter(sku="BOWL-1").update(line_tax="3.93", tax_rate=7)
    issue_invoice(made)
    return made


def give_back(order: Order, *lines: object, **amounts: str) -> CreditNote:
    refund = request_refund(draft=draft_of(order, *lines, **amounts), user=None)  # type: ignore[arg-type]
    send_refund(refund)
    return CreditNote.objects.get(refund=refund)


def taxes_of(note: CreditNote) -> list[tuple[str, str, str]]:
    return [
        (str(Decimal(tax["rate"]).normalize()), str(euros(tax["gross"])), str(euros(tax["tax"])))
        for tax in note.taxes
    ]


def test_a_refund_of_a_piece_corrects_the_invoice_by_its_price_and_tax(order: Order) -> None:
    note = give_back(order, piece(order, "BOWL-1", 1))
    invoice = Invoice.objects.get()
    assert (note.number, note.invoice) == (f"FK-CN-{YEAR}-00001", invoice)
    assert taxes_of(note) == [("7", "€30.00", "€1.97")]
    document = note.document
    assert document["corrects"] == invoice.number
    assert (document["total"], document["subtotal"]) == ("€30.00", "€30.00")
    assert (document["shipping_total"], document["paid_on"]) == ("", None)
    assert [(one["sku"], one["quantity"], one["total"]) for one in document["lines"]] == [
        ("BOWL-1", 1, "€30.00")
    ]
    kinds = list(order.events.values_list("kind", "text"))
    assert ("credit_note", note.number) in kinds


def test_both_pieces_one_by_one_take_back_the_tax_of_the_line(order: Order) -> None:
    first = give_back(order, piece(order, "BOWL-1", 1))
    second = give_back(order, piece(order, "BOWL-1", 1))
    assert [taxes_of(first)[0][2], taxes_of(second)[0][2]] == ["€1.97", "€1.96"]
    assert second.number == f"FK-CN-{YEAR}-00002"


def test_an_amount_for_no_line_is_taxed_as_the_whole_order_is(order: Order) -> None:
    note = give_back(order, other="16.09")
    assert taxes_of(note) == [("19", "€10.09", "€1.61"), ("7", "€6.00", "€0.39")]
    assert [(one["title"], one["total"]) for one in note.document["lines"]] == [
        ("Reduction of the price", "€16.09")
    ]


def test_delivery_takes_its_own_tax_along(order: Order) -> None:
    note = give_back(order, shipping="4.90")
    assert taxes_of(note) == [("19", "€4.90", "€0.78")]
    assert (note.document["shipping_total"], note.document["subtotal"]) == ("€4.90", "€0.00")


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [{"other": "0.01"}, {"other": "33.33"}],
        [{"shipping": "1.23"}, {"pieces": ("MUG-1", 3)}],
        [{"pieces": ("BOWL-1", 1)}, {"other": "7.77"}, {"pieces": ("MUG-1", 1)}],
    ],
)
def test_when_all_is_given_back_the_credit_notes_are_the_invoice(
    order: Order, steps: list[dict]
) -> None:
    for step in steps:
        pieces = [piece(order, *step["pieces"])] if "pieces" in step else []
        give_back(order, *pieces, **{k: v for k, v in step.items() if k != "pieces"})
    order = Order.objects.get()
    cancel_order(order=order, user=None)
    taken: dict[str, tuple[Decimal, Decimal]] = {}
    for note in CreditNote.objects.all():
        document_total = sum(Decimal(tax["gross"]) for tax in note.taxes)
        assert document_total == note.refund.amount
        for tax in note.taxes:
            rate = str(Decimal(tax["rate"]).normalize())
            gross, inside = taken.get(rate, (Decimal(0), Decimal(0)))
            taken[rate] = (gross + Decimal(tax["gross"]), inside + Decimal(tax["tax"]))
    assert taken == {
        share.rate_label: (share.gross.amount, share.tax.amount)
        for share in order_tax_shares(order)
    }


def test_one_from_the_dashboard_has_a_credit_note_too(order: Order) -> None:
    record_refund(
        order.payments.get(), stripe_id="re_9", amount=euros("10"), state="succeeded", source="w"
    )
    note = CreditNote.objects.get()
    assert sum(Decimal(tax["gross"]) for tax in note.taxes) == 10


def test_numbers_run_without_a_gap_also_over_a_refund_that_was_rolled_back(order: Order) -> None:
    with transaction.atomic():
        give_back(order, other="1")
        transaction.set_rollback(True)
    assert give_back(order, other="1").number == f"FK-CN-{YEAR}-00001"
    assert Invoice.objects.get().number == f"FK-{YEAR}-00001"


def test_it_is_issued_once_and_not_for_what_no_invoice_speaks_of(order: Order) -> None:
    note = give_back(order, other="1")
    assert issue_credit_note(note.refund) == note
    second = pay(order, payment_intent="pi_second", is_duplicate=True)
    record_refund(second, stripe_id="re_2", amount=euros("5"), state="succeeded", source="w")
    assert issue_credit_note(Refund.objects.get(payment=second)) is None
    assert CreditNote.objects.count() == 1


def test_without_an_invoice_there_is_none() -> None:
    made = make_paid_order()
    send_refund(request_refund(draft=draft_of(made, other="1"), user=None))
    assert not CreditNote.objects.exists()


def test_the_pdf_says_what_it_corrects(order: Order) -> None:
    note = give_back(order, piece(order, "BOWL-1", 1), note="Chipped.")
    text = PdfReader(BytesIO(paper_pdf(note))).pages[0].extract_text()
    for words in ("Credit note", note.number, "CORRECTS INVOICE", f"FK-{YEAR}-00001", "€30.00"):
        assert words in text
    assert "Paid on" not in text


def test_the_shopper_gets_it_by_mail_and_on_the_order_s_page(
    order: Order, client: Client, site: HomePage
) -> None:
    note = give_back(order, other="1")
    process_outbox()
    [message] = [one for one in mail.outbox if order.email in one.to]
    assert [name for name, *_rest in message.attachments] == [f"{note.number}.pdf"]
    assert f"Your credit note {note.number} is on the order page, too." in message.body

    page = client.get(order.get_absolute_url()).content.decode()
    url = f"/orders/{order.token}/credit-notes/{note.number}/"
    assert f'href="{url}"' in page
    response = client.get(url)
    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"] == f'attachment; filename="{note.number}.pdf"'
    other = make_order(number="F8")
    assert client.get(f"/orders/{other.token}/credit-notes/{note.number}/").status_code == 404
    assert client.get(f"/orders/{'x' * 43}/credit-notes/{note.number}/").status_code == 404


def test_the_clerk_opens_it_from_the_order(order: Order, client: Client) -> None:
    create_roles()
    client.force_login(make_user("clerk", group=SHOP_STAFF))
    note = give_back(order, other="1")
    url = f"{page_of(order, 'credit_note')}?number={note.number}"
    assert f'href="{url}"' in client.get(page_of(order)).content.decode()
    assert client.get(url).content.startswith(b"%PDF")
    assert client.get(f"{page_of(order, 'credit_note')}?number=FK-1").status_code == 404
    assert client.get(page_of(order, "credit_note")).status_code == 404


def test_papers_are_dated_and_numbered_by_the_shop_s_day_whatever_zone_a_clerk_has_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Half past eleven at night in Berlin is the next morning in Tokyo, and the next year."""
    late = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: late)
    with timezone.override("Asia/Tokyo"):
        assert timezone.localdate() == date(2027, 1, 1)
        order = make_paid_order()
        order.paid_at = late
        invoice = issue_invoice(order)
    assert invoice.document["issued_on"] == "2026-12-31"
    assert invoice.document["paid_on"] == "2026-12-31"
    assert invoice.number == "FK-2026-00001"
