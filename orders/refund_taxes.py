"""How much tax is in a refund, by rate. Reads, decides nothing."""

from collections.abc import Iterator
from decimal import Decimal

from orders.models import CreditNote, Order, Refund, RefundLine
from orders.taxes import order_tax_shares
from shopsite.lib.money import Money, sum_money, tax_included
from shopsite.lib.tax import Taxed, TaxShare, portion, tax_of_pieces, tax_shares


def refund_tax_shares(refund: Refund) -> tuple[TaxShare, ...]:
    """The highest rate first; they add up to the refund.

    Pieces take their own tax along, and delivery a part of its own. What is for no line is taxed as
    the whole order is. The refund after which nothing is left takes all that is left of the tax.
    """
    order = refund.order
    earlier = _earlier_shares(refund)
    given = sum_money([share.gross for share in earlier], refund.currency)
    if given + refund.money == order.total_money:
        return _rest(order, earlier)
    return tax_shares(
        [*taxed_lines(refund), *taxed_shipping(refund), *taxed_other(refund)],
    )


def taxed_lines(refund: Refund) -> Iterator[tuple[Taxed, Money]]:
    """Each of the refund's lines, with the tax inside."""
    order = refund.order
    for one in refund.lines.select_related("order_line"):
        line = one.order_line
        tax = tax_of_pieces(
            order.money(line.line_tax),
            quantity=line.quantity,
            before=_pieces_before(one),
            pieces=one.quantity,
        )
        yield Taxed(order.money(one.amount), line.tax_rate), tax


def _pieces_before(one: RefundLine) -> int:
    """Pieces of the same line that credit notes took back before, and in this refund itself. What
    a reversal took back again does not count."""
    others = RefundLine.objects.filter(order_line=one.order_line).exclude(pk=one.pk)
    noted = others.filter(
        refund__credit_note__isnull=False, refund__credit_note__reversal__isnull=True
    )
    within = others.filter(refund=one.refund, pk__lt=one.pk)
    return sum(line.quantity for line in (*noted, *within))


def taxed_shipping(refund: Refund) -> Iterator[tuple[Taxed, Money]]:
    """What of it is for delivery, if anything."""
    order = refund.order
    if not refund.shipping_amount:
        return
    amount = order.money(refund.shipping_amount)
    yield Taxed(amount, order.shipping_tax_rate), tax_included(amount, order.shipping_tax_rate)


def taxed_other(refund: Refund) -> Iterator[tuple[Taxed, Money]]:
    """Divided among the rates of the order, by running sums, so that nothing is left over."""
    other, order = refund.order.money(refund.other_amount), refund.order
    if not other:
        return
    before = Decimal(0)
    for share in order_tax_shares(order):
        upto = before + share.gross.amount
        part = portion(other, upto, order.total) - portion(other, before, order.total)
        before = upto
        yield Taxed(part, share.rate), tax_included(part, share.rate)


def _earlier_shares(refund: Refund) -> list[TaxShare]:
    notes = CreditNote.objects.filter(refund__order=refund.order, reversal__isnull=True)
    notes = notes.exclude(refund=refund)
    return [
        TaxShare(
            Decimal(tax["rate"]),
            Money(Decimal(tax["gross"]), refund.currency),
            Money(Decimal(tax["tax"]), refund.currency),
        )
        for note in notes
        for tax in note.taxes
    ]


def _rest(order: Order, earlier: list[TaxShare]) -> tuple[TaxShare, ...]:
    all_of_it = [(Taxed(share.gross, share.rate), share.tax) for share in order_tax_shares(order)]
    taken = [(Taxed(-share.gross, share.rate), -share.tax) for share in earlier]
    return tuple(share for share in tax_shares([*all_of_it, *taken]) if share.gross or share.tax)
