"""Sends the shoppers of a plan on their way."""

import threading
import time
from collections.abc import Sequence

from bin.chaos.browser import Browser
from bin.chaos.diary import Diary, Outcome
from bin.chaos.plan import Plan, Shopper
from bin.chaos.trip import Trip


def send_shoppers(
    plan: Plan, *, shop: str, sandbox: str, paths: Sequence[str], diary: Diary
) -> list[threading.Thread]:
    """Starts all shoppers in threads of their own; each waits for its time."""
    started = time.monotonic()

    def run(shopper: Shopper) -> None:
        diary.closing.wait(max(started + shopper.starts_at - time.monotonic(), 0))
        trip = Trip(shop, sandbox, paths, shopper, Browser())
        for visit in shopper.visits:
            if diary.closing.is_set():
                break
            outcome = trip.make(visit)
            with diary.lock:
                diary.outcomes[outcome] += 1
                diary.ways[visit.way] += 1
                if outcome is Outcome.STRANGE:
                    diary.strange.append(f"{visit.way}: {trip.browser.seen[-1]}")
        with diary.lock:
            diary.seen += trip.browser.seen

    threads = [threading.Thread(target=run, args=(one,), daemon=True) for one in plan.shoppers]
    for thread in threads:
        thread.start()
    return threads
