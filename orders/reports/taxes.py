"""Tax by country and rate: what the invoices of some days say, less their credit notes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Sum
from django_countries import countries

from orders.models import CreditNote, Order, OrderLine
from orders.reports.sales import INVOICED, money
from shopsite.cms.reports.days import Days, within
from shopsite.lib.money import Money
from shopsite.lib.tax import percent_label

CHUNK_SIZE = 500  # Credit notes in memory at a time.


@dataclass(frozen=True)
class TaxOfRate:
    """All amounts hold their tax, but for `net`. `gross`, `net` and `tax` are what is left when
    refunds are taken off."""

    country: str
    rate: Decimal
    currency: str
    invoiced: Money
    refunded: Money
    tax: Money

    @property
    def gross(self) -> Money:
        return self.invoiced - self.refunded

    @property
    def net(self) -> Money:
        return self.gross - self.tax

    @property
    def country_name(self) -> str:
        return str(countries.name(self.country) or self.country)

    @property
    def rate_label(self) -> str:
        return f"{percent_label(self.rate)} %"


@dataclass
class _Sums:
    invoiced: Decimal = field(default_factory=Decimal)
    refunded: Decimal = field(default_factory=Decimal)
    tax: Decimal = field(default_factory=Decimal)


Key = tuple[str, str, Decimal]


def taxes_by_rate(days: Days) -> list[TaxOfRate]:
    """Exact to the smallest step of each currency, in four queries; by currency, country and the
    highest rate first.

    The tax of an invoice is kept by line and delivery, already rounded, and no order changes once
    it is placed: the database adds it up. How the tax of a refund was rounded depends on the
    refunds before it, and only its credit note knows; so the credit notes of these days, and no
    others, are gone through one by one.
    """
    found: dict[Key, _Sums] = {}
    for row in (*_lines(days), *_deliveries(days)):
        sums = found.setdefault(_key(row["of"], row["country_code"], row["rate"]), _Sums())
        sums.invoiced += money(row["gross"], row["of"]).amount
        sums.tax += money(row["tax"], row["of"]).amount
    for sign, currency, country, tax in _credited(days):
        sums = found.setdefault(_key(currency, country, Decimal(tax["rate"])), _Sums())
        sums.refunded += sign * Decimal(tax["gross"])
        sums.tax -= sign * Decimal(tax["tax"])
    return [_row(key, found[key]) for key in sorted(found)]


def _key(currency: str, country: str, rate: Decimal) -> Key:
    return currency, country, -rate


def _row(key: Key, sums: _Sums) -> TaxOfRate:
    currency, country, minus_rate = key
    return TaxOfRate(
        country=country,
        rate=-minus_rate,
        currency=currency,
        invoiced=Money(sums.invoiced, currency),
        refunded=Money(sums.refunded, currency),
        tax=Money(sums.tax, currency),
    )


def _lines(days: Days) -> QuerySet[Any, Any]:
    rows = OrderLine.objects.filter(within(days, f"order__{INVOICED}"))
    return (
        rows.values(of=F("order__currency"), country_code=F("order__country"), rate=F("tax_rate"))
        .annotate(gross=Sum("line_total"), tax=Sum("line_tax"))
        .order_by()
    )


def _deliveries(days: Days) -> QuerySet[Any, Any]:
    rows = Order.objects.filter(within(days, INVOICED), shipping_total__gt=0)
    return (
        rows.values(of=F("currency"), country_code=F("country"), rate=F("shipping_tax_rate"))
        .annotate(gross=Sum("shipping_total"), tax=Sum("shipping_tax"))
        .order_by()
    )


def _credited(days: Days) -> Iterator[tuple[int, str, str, dict[str, str]]]:
    """Each amount of the credit notes, and below zero of those that were taken back."""
    for sign, moment in ((1, "issued_at"), (-1, "reversal__issued_at")):
        notes = CreditNote.objects.filter(within(days, moment)).order_by()
        rows = notes.values_list("refund__currency", "refund__order__country", "taxes")
        for currency, country, taxes in rows.iterator(chunk_size=CHUNK_SIZE):
            for tax in taxes:
                yield sign, currency, country, tax
