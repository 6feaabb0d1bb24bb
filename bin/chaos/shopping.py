"""Sends the shoppers of a plan on their way."""

import threading
import time
from collections.abc import Sequence

from bin.chaos.browser import Browser
from bin.chaos.diary import Diary, Outcome
from bin.chaos.kinds import Way
from bin.chaos.plan import Plan, Shopper, Visit
from bin.chaos.trip import Trip


def send_shoppers(
    plan: Plan, *, shop: str, sandbox: str, paths: Sequence[str], diary: Diary
) -> list[threading.Thread]:
    """Starts all shoppers in threads of their own; each waits for its time."""
    started = time.monotonic()

    def run(shopper: Shopper) -> None:
        diary.closing.wait(max(started + shopper.starts_at - time.monotonic(), 0))
        trip = Trip(shop, sandbox, paths, shopper, Browser())
        try:
            for visit in shopper.visits:
                if diary.closing.is_set():
                    break
                note(visit.way, make(trip, visit), trip.browser)
        finally:
            with diary.lock:
                diary.seen += trip.browser.seen

    def make(trip: Trip, visit: Visit) -> Outcome:
        try:
            return trip.make(visit)
        except Exception as error:  # noqa: BLE001 - a page that the shopper cannot make out
            with diary.lock:
                diary.strange.append(f"{visit.way}: {error!r}")
            return Outcome.STRANGE

    def note(way: Way, outcome: Outcome, browser: Browser) -> None:
        with diary.lock:
            diary.outcomes[outcome] += 1
            diary.ways[way] += 1
            if outcome is Outcome.STRANGE and browser.seen:
                diary.strange.append(f"{way}: {browser.seen[-1]}")

    threads = [threading.Thread(target=run, args=(one,), daemon=True) for one in plan.shoppers]
    for thread in threads:
        thread.start()
    return threads
