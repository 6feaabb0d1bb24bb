"""The file of an invoice or credit note: one, the same for ever, and never another one."""

import hashlib
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone

from orders import papers
from orders.invoices import issue_invoice
from orders.models import Invoice, OutgoingEmail, SellerSettings
from orders.outbox import OUTBOX
from orders.papers import PaperDamaged, keep_missing_papers, keep_paper, paper_pdf
from orders.shopper_emails import order_confirmation
from orders.status import OrderStatus
from shopsite.lib.pdf import PdfError
from tests.factories import make_order
from tests.orders.desk import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    private = settings.STORAGES["private"]
    options = {**private["OPTIONS"], "location": str(tmp_path)}
    settings.STORAGES = {**settings.STORAGES, "private": {**private, "OPTIONS": options}}


def issued() -> Invoice:
    order = make_order(status=OrderStatus.PAID, paid_at=timezone.now())
    return issue_invoice(order)


def kept() -> Invoice:
    invoice = issued()
    keep_paper(invoice)
    return invoice


def file_of(invoice: Invoice) -> Path:
    return Path(storages["private"].path(invoice.file_name))


def change_file(invoice: Invoice, content: bytes) -> None:
    path = file_of(invoice)
    path.chmod(0o640)
    path.write_bytes(content)


def test_the_file_is_made_when_it_is_first_asked_for_and_kept_with_its_hash() -> None:
    invoice = issued()
    assert (invoice.file_name, invoice.sha256) == ("", "")
    pdf = paper_pdf(invoice)
    invoice = Invoice.objects.get()
    assert invoice.sha256 == hashlib.sha256(pdf).hexdigest()
    assert file_of(invoice).read_bytes() == pdf
    assert invoice.file_name == f"{invoice.issued_at:%Y}/{invoice.number}.pdf"


def test_nobody_may_write_to_the_file_and_no_address_leads_to_it(client: Client) -> None:
    invoice = kept()
    assert stat.S_IMODE(os.stat(file_of(invoice)).st_mode) == 0o440
    assert client.get(f"/media/{invoice.file_name}").status_code == 404


def test_neither_a_new_seller_nor_a_new_template_changes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    invoice = issued()
    before = paper_pdf(invoice)
    seller = SellerSettings.load()
    seller.legal_name = "New Owner"
    seller.save()
    monkeypatch.setattr(papers, "render_invoice", lambda *_args, **_options: b"%PDF of tomorrow")
    assert paper_pdf(Invoice.objects.get()) == before
    assert paper_pdf(issued()) == b"%PDF of tomorrow"  # The guard: a new one would be made so.


def test_of_two_who_make_it_at_once_the_second_takes_that_of_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = issued(), Invoice.objects.get()

    def typeset_slowly(*_args: object, **_options: object) -> bytes:
        monkeypatch.setattr(papers, "render_invoice", lambda *_args, **_options: b"%PDF first")
        keep_paper(first)
        return b"%PDF second"

    monkeypatch.setattr(papers, "render_invoice", typeset_slowly)
    assert paper_pdf(second) == b"%PDF first"
    assert second.file_name == first.file_name == Invoice.objects.get().file_name
    assert [one.name for one in file_of(first).parent.glob(f"{first.number}*")] == [
        file_of(first).name
    ]


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_file_that_is_not_what_was_issued_is_given_to_nobody(
    clerk: Client, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    invoice = kept()
    if damage == "gone":
        file_of(invoice).unlink()
    else:
        change_file(invoice, b"%PDF forged")
    with pytest.raises(PaperDamaged):
        paper_pdf(invoice)
    assert f"The file of {invoice.number}" in caplog.text
    shown = clerk.get(page_of(invoice.order, "invoice"), follow=True)
    assert b"forged" not in shown.content
    words = f"The stored file of {invoice.number} is missing or was changed, so it is not shown."
    assert words in " ".join(shown.content.decode().split())
    answer = clerk.get(f"/orders/{invoice.order.token}/invoice/", follow=True)
    assert b"forged" not in answer.content
    assert "The PDF cannot be made just now." in answer.content.decode()


def test_a_damaged_file_is_not_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    invoice = kept()
    file_of(invoice).unlink()
    assert keep_missing_papers() == 0
    with pytest.raises(PaperDamaged):
        paper_pdf(Invoice.objects.get())


def test_the_mail_carries_the_same_bytes() -> None:
    invoice = issued()
    email = OUTBOX.queue(
        order=invoice.order, kind=OutgoingEmail.Kind.CONFIRMATION, about="", copy=0
    )
    message = order_confirmation(email, with_pdf=True)
    name, content, kind = message.attachments[0]
    assert (name, kind) == (f"{invoice.number}.pdf", "application/pdf")
    assert content == file_of(Invoice.objects.get()).read_bytes()


def test_what_nobody_asked_for_is_made_by_beat_and_one_that_fails_stops_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad, good = issued(), issued()
    Invoice.objects.filter(pk=bad.pk).update(document={**bad.document, "number": "bad"})
    render = papers.render_invoice

    def render_or_fail(document: object, **options: object) -> bytes:
        if document.number == "bad":  # type: ignore[attr-defined]
            raise PdfError("no")
        return render(document, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(papers, "render_invoice", render_or_fail)
    assert keep_missing_papers() == 1
    assert keep_missing_papers() == 0
    assert list(Invoice.objects.exclude(sha256="")) == [good]
