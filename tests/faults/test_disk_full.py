"""A disk without room: nothing is half written, and no payment is lost."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import count
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection

from orders.invoices import issue_invoice
from orders.models import Invoice, Order, OrderLine, OutgoingEmail
from orders.outbox import process_outbox, queue_email
from orders.papers import keep_missing_papers
from orders.status import OrderStatus
from products.models import StockRecord
from shopsite.cms.models import ShopImage
from stripe_sandbox.testing import RunningSandbox
from tests.factories import make_order, make_product_page
from tests.flows.conftest import sandbox, shipping, shopper  # noqa: F401
from tests.flows.shopper import Shopper
from tests.services.purchases import deliver, pay_at_stripe

WRITES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def full_at(write: int) -> Iterator[list[str]]:
    """The database takes so many writes and then none; gives what it refused."""
    taken, refused = count(), []

    def refuse(execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITES) and next(taken) >= write:
            refused.append(sql)
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield refused


def until_there_is_room(act: Callable[[], HttpResponse]) -> Iterator[HttpResponse]:
    """The answers to the same thing again and again, each time with room for one write more; the
    last one is that with room enough."""
    for write in count():
        with full_at(write) as refused:
            answer = act()
        yield answer
        if not refused:
            return


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_order_is_placed_as_a_whole_or_not_at_all(shopper: Shopper) -> None:  # noqa: F811
    make_product_page(sku="MUG")
    shopper.add("MUG")
    form = shopper.checkout_form()
    shopper.client.raise_request_exception = False
    answers = []
    for answer in until_there_is_room(lambda: shopper.send(form)):
        answers.append(answer.status_code)
        found = Order.objects.count(), OrderLine.objects.count()
        assert (*found, StockRecord.objects.get().allocated) in {(0, 0, 0), (1, 1, 1)}
    assert len(answers) > 5
    assert answers.pop() == 303
    assert set(answers) <= {400, 500}  # The session's own failure is a 400 of Django's.
    assert Order.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_payment_is_told_of_again_until_there_is_room(
    sandbox: RunningSandbox,  # noqa: F811
) -> None:
    purchase = pay_at_stripe(sandbox)
    order = purchase.order

    def found() -> tuple[str, int, int, int]:
        order.refresh_from_db()
        invoices = Invoice.objects.filter(order=order)
        return order.status, order.payments.count(), invoices.count(), order.emails.count()

    deliveries = until_there_is_room(lambda: deliver(sandbox, purchase))
    answers = [(answer.status_code, *found()) for answer in deliveries]
    assert len(answers) > 5
    assert answers.pop() == (200, "paid", 1, 1, 2)
    assert set(answers) == {(503, "awaiting_payment", 0, 0, 0)}


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """No file can be written, until the function that it gives is called."""

    def refuse(*args: object, **kwargs: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "_save", refuse)
        yield patch.undo


@pytest.mark.django_db
def test_a_confirmation_whose_invoice_cannot_be_kept_goes_out_later(
    full_disk: Callable[[], None], mailoutbox: list[Any]
) -> None:
    order = make_order(status=OrderStatus.PAID, paid_at=timezone.now())
    invoice = issue_invoice(order)
    email = queue_email(order, OutgoingEmail.Kind.CONFIRMATION)
    assert (process_outbox(), keep_missing_papers()) == (0, 0)
    email.refresh_from_db()
    invoice.refresh_from_db()
    assert (email.state, email.last_error, invoice.sha256) == ("pending", "PdfError", "")
    full_disk()
    email.next_attempt_at = timezone.now()
    email.save()
    assert process_outbox() == 1
    assert [name for name, *_rest in mailoutbox[0].attachments] == [f"{invoice.number}.pdf"]


def test_a_picture_that_cannot_be_kept_leaves_no_record(
    full_disk: Callable[[], None], admin_client: Client
) -> None:
    admin_client.raise_request_exception = False
    buffer = BytesIO()
    Image.new("RGB", (60, 75), "tan").save(buffer, "PNG")
    file = SimpleUploadedFile("cup.png", buffer.getvalue(), "image/png")
    collection = Collection.objects.get().pk
    response = admin_client.post(
        reverse("wagtailimages:add"), {"title": "A cup", "file": file, "collection": collection}
    )
    assert response.status_code == 500
    assert not ShopImage.objects.exists()
