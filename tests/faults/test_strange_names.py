"""Names as they are in the world, on their way through page, mail, paper, table and Stripe."""

import csv
from email.parser import BytesParser
from email.policy import default
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from checkout.requests import session_request
from home.models import HomePage
from orders.emails import build_message
from orders.exports import export_csv
from orders.invoices import issue_invoice
from orders.models import Order, OrderLine, OutgoingEmail
from orders.papers import paper_pdf
from orders.status import OrderStatus
from tests.factories import make_order

pytestmark = pytest.mark.django_db

NAMES = {
    "emoji": "👩‍👩‍👧‍👦 Tea 🏳️‍🌈 Ltd",
    "arabic": "محمد بن عبد الله",
    "combining": "Z̷̡̛o͎͝e̴",
    "joined": "क्षत्रिय ศรีสุข",
    "long": "龍" * 120,
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_arrives_whole_wherever_it_is_shown(
    site: HomePage, client: Client, name: str
) -> None:
    words = NAMES[name]
    order = make_order(
        status=OrderStatus.PAID, paid_at=timezone.now(), name=words, city=words[:80],
        address_line1=words,
    )  # fmt: skip
    OrderLine.objects.update(title=words)
    order = Order.objects.get()
    assert order.name == words

    page = client.get(order.get_absolute_url()).content.decode()
    assert f"<bdi>{escape(words)}</bdi>" in page

    email = OutgoingEmail(order=order, kind=OutgoingEmail.Kind.CONFIRMATION)
    sent = build_message(email, with_pdf=False).message().as_bytes()
    text = BytesParser(policy=default).parsebytes(sent).get_body(("plain",))
    assert text is not None
    assert words in text.get_content()

    request = session_request(order, attempt_key="key", expires_at=timezone.now())
    [item, _delivery] = request["line_items"]
    assert item["price_data"]["product_data"]["name"] == words

    [_head, row] = csv.reader(StringIO("".join(export_csv(Order.objects.all()))))
    assert words in row
    assert paper_pdf(issue_invoice(order)).startswith(b"%PDF-")


UNPAID = ("payment_processing", "payment_failed", "order_expired")


@pytest.mark.parametrize("kind", UNPAID)
def test_a_mail_before_payment_carries_no_words_of_who_ordered(kind: str) -> None:
    """Or anybody could have the shop write to somebody else. That there is a mail at all is told
    by the payment's bank or by the end of its time."""
    typed = {
        "name": "Win now at evil.example",
        "address_line1": "evil.example street",
        "address_line2": "evil.example floor",
        "city": "evil.example city",
        "region": "evil.example region",
        "note": "evil.example note",
    }
    order = make_order(**typed)
    message = build_message(OutgoingEmail(order=order, kind=kind), with_pdf=False)
    assert "evil" not in message.subject
    assert "evil" not in message.body
    assert "evil" not in str(message.alternatives[0])
