"""Every invoice and credit note of some days, one by one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orders.models import CreditNote, Invoice, Order, Paper, Reversal
from shopsite.cms.reports.days import Days, within
from shopsite.lib.days import shop_day
from shopsite.lib.money import Money, sum_money

# What is read of each kind, and what it is called. A reversal charges again, as an invoice does.
KINDS: dict[str, tuple[type[Paper], str, str | Promise]] = {
    "invoice": (Invoice, "order", _("Invoice")),
    "credit-note": (CreditNote, "refund__order", _("Credit note")),
    "reversal": (Reversal, "credit_note__refund__order", _("Reversal of a credit note")),
}

# When it was issued, its number, kind and primary key.
Key = tuple[datetime, str, str, int]


@dataclass(frozen=True)
class PaperRow:
    """Amounts of credit notes are below zero. `order_url` is empty for who may not see orders."""

    paper: Paper
    number: str
    kind: str | Promise
    day: date
    moment: datetime
    order: str
    country: str
    country_name: str
    currency: str
    gross: Money
    tax: Money
    file_url: str
    order_url: str = ""

    @property
    def net(self) -> Money:
        return self.gross - self.tax

    @property
    def sha256(self) -> str:
        """Empty until the file was made."""
        return self.paper.sha256


def papers_of(days: Days) -> QuerySet[Paper, Key]:
    """The keys of all, in the order they were issued."""
    first, *others = [
        model._default_manager.filter(within(days, "issued_at"))
        .order_by()
        .annotate(kind=Value(kind))
        .values_list("issued_at", "number", "kind", "pk")
        for kind, (model, _path, _label) in KINDS.items()
    ]
    keys: QuerySet[Paper, Key] = first.union(*others, all=True).order_by("issued_at", "number")
    return keys


def paper_rows(keys: Iterable[Key], *, links_to_orders: bool) -> Iterator[PaperRow]:
    """In the order of the keys, in a query for each kind that is among them."""
    keys = list(keys)
    wanted = defaultdict(list)
    for _moment, _number, kind, pk in keys:
        wanted[kind].append(pk)
    found = {kind: _read(kind, pks) for kind, pks in wanted.items()}
    for _moment, _number, kind, pk in keys:
        yield _row(kind, found[kind][pk], links_to_orders=links_to_orders)


def find_paper(number: str) -> Paper | None:
    """Numbers are unique over all kinds: each series has its own mark."""
    for model, _path, _label in KINDS.values():
        paper = model._default_manager.filter(number=number).first()
        if paper is not None:
            return paper
    return None


def _read(kind: str, pks: list[int]) -> dict[int, Paper]:
    model, order_path, _label = KINDS[kind]
    return model._default_manager.select_related(order_path).defer("document").in_bulk(pks)


def _row(kind: str, paper: Paper, *, links_to_orders: bool) -> PaperRow:
    order, gross, tax = _amounts(paper)
    moment = timezone.localtime(paper.issued_at, timezone.get_default_timezone())
    inspect = "orders_order_modeladmin_inspect"
    return PaperRow(
        paper=paper,
        number=paper.number,
        kind=KINDS[kind][2],
        day=shop_day(moment),
        moment=moment,
        order=order.number,
        country=order.country.code,
        country_name=order.country.name,
        currency=order.currency,
        gross=gross,
        tax=tax,
        file_url=reverse("invoices_report_file", args=[paper.number]),
        order_url=reverse(inspect, args=[order.pk]) if links_to_orders else "",
    )


def _amounts(paper: Paper) -> tuple[Order, Money, Money]:
    """The order it is about, what it comes to and the tax inside."""
    match paper:
        case Invoice():
            return paper.order, paper.order.total_money, paper.order.money(paper.order.tax_total)
        case CreditNote():
            order, gross, tax = _credited(paper)
            return order, -gross, -tax
        case Reversal():
            return _credited(paper.credit_note)
    raise TypeError(f"{paper} is no paper of an order.")


def _credited(note: CreditNote) -> tuple[Order, Money, Money]:
    order = note.refund.order
    taxes = (Money(Decimal(one["tax"]), order.currency) for one in note.taxes)
    return order, note.refund.money.quantize(), sum_money(taxes, order.currency)
