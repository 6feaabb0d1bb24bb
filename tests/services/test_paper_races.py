"""Many who want the same paper at the same moment get one file, and one number is taken."""

from functools import partial
from itertools import count
from pathlib import Path

import pytest
from django.core.files.storage import storages

from orders import papers
from orders.invoices import issue_invoice
from orders.models import Invoice, InvoiceSeries, Reversal
from orders.papers import paper_pdf
from orders.refund_records import record_refund
from tests.orders.refunding import euros, make_paid_order
from tests.services.databases import on_both_databases
from tests.services.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

MAKERS = 8


@on_both_databases
def test_many_who_make_a_file_at_once_all_get_the_same_one(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each maker would make another file, so that two would be seen."""
    numbers = count()
    monkeypatch.setattr(papers, "_typeset", lambda _paper: b"%%PDF %d" % next(numbers))
    invoice = issue_invoice(make_paid_order())
    invoices = [Invoice.objects.get(pk=invoice.pk) for _maker in range(MAKERS)]
    results = at_once([partial(paper_pdf, one) for one in invoices])
    kept = Path(storages["private"].path(Invoice.objects.get().file_name))
    assert set(results) == {kept.read_bytes()}


@on_both_databases
def test_a_failure_that_is_told_of_many_times_at_once_takes_one_number(database: str) -> None:
    order = make_paid_order()
    issue_invoice(order)
    payment = order.payments.get()
    tell = partial(record_refund, payment, stripe_id="re_1", amount=euros("10"), source="webhook")
    tell(state="succeeded")
    results = at_once([partial(tell, state="failed")] * MAKERS)
    assert results == [None] * MAKERS
    assert Reversal.objects.get().credit_note.refund.state == "failed"
    assert InvoiceSeries.objects.get(kind="invoice").last_number == 2
