"""What takes a credit note back whose money came back from the bank."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.invoice_numbers import Kind, take_number
from orders.languages import in_language_of
from orders.models import CreditNote, Refund, Reversal
from shopsite.lib.days import shop_day
from shopsite.lib.invoice_document import InvoiceDocument


@transaction.atomic
def issue_reversal(refund: Refund) -> Reversal | None:
    """Issues it in the caller's transaction, in the series of invoices: it charges again what the
    credit note took back. The one there is, if there is one; None if there is no credit note."""
    note = CreditNote.objects.select_related("reversal").filter(refund=refund).first()
    if note is None:
        return None
    if note.reversal_or_none is not None:
        return note.reversal_or_none
    now = timezone.now()
    number = take_number(Kind.INVOICE, year=shop_day(now).year)
    with in_language_of(refund.order):
        document = replace(
            InvoiceDocument.from_json(note.document),
            number=number,
            issued_on=shop_day(now),
            corrects="",
            reverses=note.number,
            note=_("Credit note %(number)s is taken back: the bank returned its money to the shop.")
            % {"number": note.number},
        )
    return Reversal.objects.create(
        credit_note=note, number=number, document=document.to_json(), issued_at=now
    )
