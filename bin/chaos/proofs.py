"""What must hold after a run. Pure: each proof looks at the records and says what it found."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bin.chaos.browser import Seen
from bin.chaos.faults import Injected
from bin.chaos.plan import Fault
from bin.chaos.records import Money, Records
from bin.chaos.shopping import Diary

SOLD = ("paid", "partly_shipped", "shipped", "delivered")
# What may fall between the mail server's yes and the record of it.
MAIL_BREAKERS = (
    Fault.KILL_WORKER,
    Fault.KILL_WORKER_CHILD,
    Fault.MAIL_REFUSES,
    Fault.MAIL_SLOW,
)
WEB_BREAKERS = (Fault.KILL_WEB, Fault.KILL_WEB_WORKER)
# Seconds around a fault in which it explains what was seen.
LEEWAY, BREAKS_IN_WITHIN, RECOVERS_WITHIN = 1.0, 4.0, 12.0
SHOWN = 5
LEAST_SHARE = 6  # At least one of so many visits sells something.


@dataclass(frozen=True)
class Proof:
    """A statement, the figures it was checked with, and what speaks against it."""

    statement: str
    figures: str
    against: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.against


def prove_all(records: Records, injected: Sequence[Injected], diary: Diary) -> list[Proof]:
    return [
        prove_trade(records, diary),
        prove_money(records),
        prove_paid_in_full(records),
        prove_invoices(records),
        prove_numbers(records),
        prove_confirmations(records),
        prove_messages(records, injected),
        prove_stock(records),
        prove_ends(records),
        prove_answers(diary),
        prove_losses(diary.seen, injected),
    ]


def prove_trade(records: Records, diary: Diary) -> Proof:
    """A shop in which hardly anybody bought anything proves nothing."""
    sold = sum(order.status in SOLD for order in records.orders)
    visits = sum(diary.outcomes.values())
    against = () if sold and sold * LEAST_SHARE >= visits else ("That is too little",)
    return Proof("There was trade", f"{sold} orders sold in {visits} visits", against)


def prove_money(records: Records) -> Proof:
    """Per order, payments less refunds, as Stripe has them and as the shop has them."""
    here = _balance(records.payments, records.refunds)
    there = _balance(records.stripe_payments, records.stripe_refunds)
    against = [
        f"{order}: {_euros(there[order])} at Stripe, {_euros(here[order])} here"
        for order in sorted({*here, *there})
        if here[order] != there[order]
    ]
    known = {payment.intent for payment in records.payments}
    against += [
        f"{payment.order}: Stripe's {payment.intent} is not known here"
        for payment in records.stripe_payments
        if payment.intent not in known
    ]
    paid = sum(payment.amount for payment in records.stripe_payments)
    refunded = sum(refund.amount for refund in records.stripe_refunds)
    figures = (
        f"{len(records.stripe_payments)} payments, {_euros(paid)};"
        f" {len(records.stripe_refunds)} refunds, {_euros(refunded)}"
    )
    return Proof("Paid at Stripe is paid here, order by order", figures, tuple(against))


def prove_paid_in_full(records: Records) -> Proof:
    """Sold is what was paid, once and wholly; whatever else was paid waits in review or went
    back."""
    balance = _balance(records.payments, records.refunds)
    sold = [order for order in records.orders if order.status in SOLD]
    against = [
        f"{order.number}: {_euros(balance[order.number])} paid of {_euros(order.total)}"
        for order in sold
        if balance[order.number] != order.total
    ]
    against += [
        f"{order.number} is {order.status} and {_euros(balance[order.number])} of it are kept"
        for order in records.orders
        if order.status not in (*SOLD, "review") and balance[order.number]
    ]
    review = sum(order.status == "review" for order in records.orders)
    figures = f"{len(sold)} orders sold, {review} for a person to look at"
    return Proof(
        "Every order that is sold is paid in full, no other keeps money", figures, tuple(against)
    )


def prove_invoices(records: Records) -> Proof:
    sold = [order for order in records.orders if order.status in SOLD]
    against = [f"{one.number} has {one.invoices} invoices" for one in sold if one.invoices != 1]
    against += [
        f"{one.number} was never paid and has an invoice"
        for one in records.orders
        if one.status in ("awaiting_payment", "processing", "expired") and one.invoices
    ]
    figures = f"{sum(one.invoices for one in records.orders)} invoices for {len(sold)} orders"
    return Proof("Every order that is sold has one invoice", figures, tuple(against))


def prove_numbers(records: Records) -> Proof:
    numbers = sorted(records.invoice_numbers)
    expected = list(range(1, records.last_invoice + 1))
    missing = sorted(set(expected) - set(numbers))
    against = [f"Number {number} is missing" for number in missing]
    if not missing and numbers != expected:
        against.append(f"The series ends at {records.last_invoice}, the invoices do not")
    figures = f"1 to {records.last_invoice}"
    return Proof("No number of an invoice is missing", figures, tuple(against))


def prove_confirmations(records: Records) -> Proof:
    sold = [order for order in records.orders if order.status in SOLD]
    against = [
        f"{one.number}: {one.confirmations} confirmations, {one.sent} of them sent"
        for one in sold
        if (one.confirmations, one.sent) != (1, 1)
    ]
    figures = f"{sum(one.sent for one in records.orders)} sent for {len(sold)} orders"
    return Proof("Every order that is sold has one confirmation, sent", figures, tuple(against))


def prove_messages(records: Records, injected: Sequence[Injected]) -> Proof:
    """A message has at most one copy, under the same Message-ID, and only where something broke in
    just after the mail server had taken it. A mail recorded as sent has arrived."""
    arrived: dict[str, list[float]] = defaultdict(list)
    for mail in records.mails:
        arrived[mail.message_id].append(mail.at)
    against = []
    copies = 0
    for message_id, times in arrived.items():
        copies += len(times) - 1
        if len(times) > 2:
            against.append(f"{message_id} came {len(times)} times")
        against += [
            f"{message_id} came again, and nothing broke in"
            for at in sorted(times)[:-1]
            if not _explains(MAIL_BREAKERS, at, injected, forward=True)
        ]
    expected = {f"<{order.number}.order_confirmation@" for order in records.orders if order.sent}
    have = {message_id.partition("@")[0] + "@" for message_id in arrived}
    against += [f"{start[1:-1]} was never received" for start in sorted(expected - have)]
    figures = f"{len(records.mails)} messages, {copies} copies"
    statement = "No mail is lost, and none comes twice but where a kill fell between"
    return Proof(statement, figures, tuple(against))


def prove_stock(records: Records) -> Proof:
    against = []
    for one in records.stock:
        if one.on_hand != one.opening:
            against.append(f"{one.sku}: {one.on_hand} on hand, and there were {one.opening}")
        if one.allocated != one.held:
            against.append(f"{one.sku}: {one.allocated} allocated, orders hold {one.held}")
        if one.allocated > one.on_hand or one.sold > one.opening:
            against.append(f"{one.sku}: {one.sold} sold of {one.opening}")
    sold, opening = (
        sum(getattr(one, name) for one in records.stock) for name in ("sold", "opening")
    )
    gone = sum(one.sold == one.opening for one in records.stock)
    figures = f"{sold} of {opening} pieces sold, {gone} of {len(records.stock)} products sold out"
    return Proof("Allocated and on hand add up, nothing is oversold", figures, tuple(against))


def prove_ends(records: Records) -> Proof:
    against = tuple(f"{count} {name}" for name, count in records.waiting.items() if count)
    counts = Counter(order.status for order in records.orders)
    figures = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    return Proof("Nothing waits that time should have ended", figures or "no orders", against)


def prove_answers(diary: Diary) -> Proof:
    """A shopper sees pages, and the page that keeps the order when Stripe is not to be had."""
    seen = diary.seen
    bad = [one for one in seen if one.status >= 400 and not one.offers_payment]
    against = [f"{one.status} for {one.method} {one.address}" for one in bad]
    against += [f"Ended in a strange place: {words}" for words in diary.strange]
    answered = sum(one.status > 0 for one in seen)
    kept = sum(one.offers_payment for one in seen)
    figures = f"{answered} answers, {kept} of them the page that keeps the order"
    return Proof("No shopper saw an error page", figures, tuple(against))


def prove_losses(seen: Sequence[Seen], injected: Sequence[Injected]) -> Proof:
    """Where no answer came, the web server had just been killed."""
    lost = [one for one in seen if one.status == 0]
    against = [
        f"{one.method} {one.address} at {one.at:.1f}"
        for one in lost
        if not _explains(WEB_BREAKERS, one.at, injected, forward=False)
    ]
    figures = f"{len(lost)} connections lost"
    return Proof(
        "No connection was lost but to a web server that was killed", figures, tuple(against)
    )


def _balance(payments: Iterable[Money], refunds: Iterable[Money]) -> Counter[str]:
    balance: Counter[str] = Counter()
    for payment in payments:
        balance[payment.order] += payment.amount
    for refund in refunds:
        balance[refund.order] -= refund.amount
    return balance


def _explains(
    faults: Sequence[Fault], at: float, injected: Sequence[Injected], *, forward: bool
) -> bool:
    """Whether one of the faults was under way about then; `forward` looks for one that began after
    the moment, else for one that ended before it."""
    before, after = (BREAKS_IN_WITHIN, LEEWAY) if forward else (LEEWAY, RECOVERS_WITHIN)
    return any(
        one.begun - before <= at <= one.ended + after for one in injected if one.fault in faults
    )


def _euros(minor: int) -> str:
    return f"{minor / 100:.2f}"


def describe(proofs: Sequence[Proof]) -> Iterator[str]:
    """Lines for people: each statement with its figures, and the first things against it."""
    for proof in proofs:
        yield f"  {'holds' if proof.holds else 'FAILS'}  {proof.statement}: {proof.figures}"
        for words in proof.against[:SHOWN]:
            yield f"         - {words}"
        if len(proof.against) > SHOWN:
            yield f"         - and {len(proof.against) - SHOWN} more"
