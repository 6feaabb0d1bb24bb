"""Numbers of invoices and credit notes: a series of each for every year, without gaps."""

from django.db.models import F

from orders.models import InvoiceSeries, SellerSettings

Kind = InvoiceSeries.Kind

MARKS = {Kind.INVOICE: "", Kind.CREDIT_NOTE: "-CN"}


def take_number(kind: InvoiceSeries.Kind, *, year: int) -> str:
    """The next one, such as FK-2026-00001 or FK-CN-2026-00001. Belongs into the transaction of the
    money: an UPDATE locks the year's row until it ends, and a roll-back gives the number back."""
    InvoiceSeries.objects.get_or_create(kind=kind, year=year)
    series = InvoiceSeries.objects.filter(kind=kind, year=year)
    series.update(last_number=F("last_number") + 1)
    taken = series.get().last_number
    return f"{SellerSettings.load().invoice_prefix}{MARKS[kind]}-{year}-{taken:05d}"
