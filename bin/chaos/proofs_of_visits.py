"""What must hold of what shoppers saw and what arrived in their mail, given what was done to the
shop. Pure."""

from collections import defaultdict
from collections.abc import Sequence

from bin.chaos.browser import Seen
from bin.chaos.diary import Diary
from bin.chaos.faults import Injected
from bin.chaos.kinds import Fault
from bin.chaos.proof import Proof
from bin.chaos.proofs_of_records import SOLD
from bin.chaos.records import Records

# What may fall between the mail server's yes and the record of it.
MAIL_BREAKERS = (
    Fault.KILL_WORKER,
    Fault.KILL_WORKER_CHILD,
    Fault.MAIL_REFUSES,
    Fault.MAIL_SLOW,
)
WEB_BREAKERS = (Fault.KILL_WEB, Fault.KILL_WEB_WORKER)
# Seconds around a fault in which it explains what was seen.
LEEWAY, BREAKS_IN_WITHIN, RECOVERS_WITHIN = 1.0, 4.0, 30.0
LEAST_SHARE = 6  # At least one of so many visits sells something.


def prove_trade(records: Records, diary: Diary) -> Proof:
    """A shop in which hardly anybody bought anything proves nothing."""
    sold = sum(order.status in SOLD for order in records.orders)
    visits = sum(diary.outcomes.values())
    against = () if sold and sold * LEAST_SHARE >= visits else ("That is too little",)
    return Proof("There was trade", f"{sold} orders sold in {visits} visits", against)


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


def _explains(
    faults: Sequence[Fault], at: float, injected: Sequence[Injected], *, forward: bool
) -> bool:
    """Whether one of the faults was under way about then; `forward` looks for one that began after
    the moment, else for one that ended before it."""
    before, after = (BREAKS_IN_WITHIN, LEEWAY) if forward else (LEEWAY, RECOVERS_WITHIN)
    return any(
        one.begun - before <= at <= one.ended + after for one in injected if one.fault in faults
    )
