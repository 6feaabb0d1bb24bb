"""The file of an invoice or credit note: made once, kept for good, and checked whenever it is read.

The frozen content says what a paper says. The file is what was really sent, and neither a new
template nor a new typesetter may change that.
"""

import hashlib
import logging
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from orders.invoice_brand import kept_logo
from orders.models import PAPERS, CreditNote, Order, Paper, Reversal
from shopsite.lib.invoice_document import InvalidInvoiceDocument, InvoiceDocument
from shopsite.lib.invoice_rendering import render_invoice
from shopsite.lib.pdf import PdfError

logger = logging.getLogger(__name__)


class PaperDamaged(PdfError):
    """The kept file is gone, or is not what was issued."""


def paper_pdf(paper: Paper) -> bytes:
    """The file, which is made now if nobody has made it before; always the same bytes.

    Raises PdfError when it cannot be typeset, and PaperDamaged rather than give out a file that is
    not the one of its hash.
    """
    keep_paper(paper)
    try:
        with _store().open(paper.file_name) as file:
            pdf: bytes = file.read()
    except OSError as error:
        logger.error("The file of %s cannot be read: %s", paper.number, type(error).__name__)
        raise PaperDamaged(f"The file of {paper.number} cannot be read.") from error
    if hashlib.sha256(pdf).hexdigest() != paper.sha256:
        logger.error("The file of %s is not what was issued.", paper.number)
        raise PaperDamaged(f"The file of {paper.number} is not what was issued.")
    return pdf


def correction_of(order: Order, number: str) -> Paper | None:
    """The credit note of that order with the number, or what takes one of its credit notes back."""
    notes = CreditNote.objects.filter(invoice__order=order, number=number)
    reversals = Reversal.objects.filter(credit_note__invoice__order=order, number=number)
    return notes.first() or reversals.first()


def keep_paper(paper: Paper) -> None:
    """Makes the file if there is none. Of two who make it at once the second keeps that of the
    first. Raises PdfError."""
    if paper.sha256:
        return
    pdf = _typeset(paper)
    try:
        name = _store().save(f"{paper.issued_at:%Y}/{paper.number}.pdf", ContentFile(pdf))
    except OSError as error:
        raise PdfError(f"The file of {paper.number} cannot be stored.") from error
    papers = type(paper)._default_manager.filter(pk=paper.pk, sha256="")
    if not papers.update(file_name=name, sha256=hashlib.sha256(pdf).hexdigest()):
        _store().delete(name)
    paper.refresh_from_db(fields=["file_name", "sha256"])


def keep_missing_papers(*, limit: int = 100) -> int:
    """Makes the files that no mail and no download has asked for; returns how many were made."""
    kept = 0
    for paper in _without_file(limit):
        try:
            keep_paper(paper)
        except PdfError:
            logger.exception("%s could not be typeset.", paper.number)
        else:
            kept += 1
    return kept


def _without_file(limit: int) -> Iterator[Paper]:
    for model in PAPERS:
        yield from model._default_manager.filter(sha256="").order_by("-pk")[:limit]


def _typeset(paper: Paper) -> bytes:
    try:
        document = InvoiceDocument.from_json(paper.document)
    except InvalidInvoiceDocument as error:
        raise PdfError(f"The content of {paper.number} is not whole.") from error
    return render_invoice(document, logo=kept_logo(document.logo))


def _store() -> Storage:
    return storages["private"]
