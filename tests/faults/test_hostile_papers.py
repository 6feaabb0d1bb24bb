"""What is printed reads no file and asks nobody."""

import io
import select
import socket

import pytest
from django.utils import timezone
from pypdf import PdfReader

from orders.invoices import issue_invoice
from orders.models import OrderLine
from orders.packing_slips import packing_slips_pdf
from orders.papers import paper_pdf
from orders.status import OrderStatus
from tests.factories import make_order

pytestmark = pytest.mark.django_db


def words_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    straight = "".join(page.extract_text() for page in pages).translate(
        str.maketrans("“”‘’", "\"\"''")
    )
    return "".join(straight.replace("\u200b", "").split())


def test_papers_print_hostile_names_as_they_are_and_read_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/latest/meta-data"
        hostile = [
            '#read("/etc/passwd")',
            f'#image("{address}")',
            f'<img src="{address}">',
            '<link rel="stylesheet" href="file:///etc/passwd">',
            '#import "@preview/cetz:0.3.0"',
        ]
        order = make_order(
            status=OrderStatus.PAID, paid_at=timezone.now(), name=hostile[0],
            address_line1=hostile[1], city=hostile[4],
        )  # fmt: skip
        OrderLine.objects.update(title=hostile[2], options_label=hostile[3])
        order.refresh_from_db()
        papers = [words_of(paper_pdf(issue_invoice(order))), words_of(packing_slips_pdf([order]))]
        asked, _, _ = select.select([listener], [], [], 0)
    assert asked == []
    for printed in papers:
        assert "root:" not in printed
        for text in hostile:
            assert "".join(text.split()) in printed
