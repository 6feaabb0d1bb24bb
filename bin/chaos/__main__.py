"""`make chaos`: SEED, MINUTES or SHORT=1, and CONTROL to see a proof fail. Exits 1 when one does.

Needs PostgreSQL and RabbitMQ, whose addresses bin.services hands on. What the programs said is kept
in var/chaos/.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable

from bin.chaos.diary import Diary
from bin.chaos.options import ChaosError, Options, read_options
from bin.chaos.plan import Plan, count_wanted, make_plan
from bin.chaos.proof import Proof
from bin.chaos.proofs import prove_all
from bin.chaos.records import Mail, read_records
from bin.chaos.report import make_report
from bin.chaos.settling import settle
from bin.chaos.shopping import send_shoppers
from bin.chaos.stage import PRODUCTS, Stage, set_up
from bin.demo import interrupt
from bin.processes import STOP_SIGNALS

SCARCITY = 0.55  # Of what all would like to have, so much is there.
LONGEST_TRIP = 300.0


def main() -> int:
    started = time.monotonic()

    def say(line: str) -> None:
        print(f"{time.monotonic() - started:6.1f} s  {line}", flush=True)

    for number in STOP_SIGNALS:
        signal.signal(number, interrupt)
    try:
        options = read_options(os.environ)
        servers = _read_servers()
        plan = make_plan(
            seed=options.seed,
            seconds=options.seconds,
            shoppers=options.shoppers,
            products=PRODUCTS,
        )
        say(
            f"SEED={plan.seed}: {len(plan.shoppers)} shoppers, {len(plan.steps)} faults in"
            f" {plan.seconds:.0f} s." + _control_words(options)
        )
        on_hand = int(sum(count_wanted(plan, PRODUCTS)) * SCARCITY / PRODUCTS)
        with set_up(
            postgresql=servers[0],
            rabbitmq=servers[1],
            on_hand=on_hand,
            control=options.control,
            inherited=os.environ,
        ) as stage:
            proofs, report = run(plan, stage, say)
    except ChaosError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    print(report)
    failed = sum(not proof.holds for proof in proofs)
    print(
        f"\n{len(proofs) - failed} of {len(proofs)} proofs hold. SEED={plan.seed} repeats the"
        f" plan; {time.monotonic() - started:.0f} s in all.{_control_words(options)}"
    )
    return 1 if failed else 0


def run(plan: Plan, stage: Stage, say: Callable[[str], None]) -> tuple[list[Proof], str]:
    """The storm, the calm after it, and what the records then say."""
    neighborhood = stage.neighborhood
    stage.wait_until_ready()
    say("The shop is open.")
    diary = Diary()
    shoppers = send_shoppers(
        plan, shop=stage.shop, sandbox=stage.sandbox, paths=stage.paths, diary=diary
    )
    faults = neighborhood.run(plan)
    _join(faults, plan.seconds + LONGEST_TRIP)
    diary.closing.set()
    neighborhood.calm()
    say("The storm is over.")
    _join(shoppers, LONGEST_TRIP)
    diary.strange += [f"{one.name} is still on the way" for one in shoppers if one.is_alive()]
    say(f"{sum(diary.outcomes.values())} visits have ended.")
    settle(stage.database, neighborhood, say=say)
    mail = neighborhood.mail
    arrived = [
        Mail(str(message["Message-ID"]), at)
        for message, at in zip(mail.received, mail.received_at, strict=True)
    ]
    records = read_records(stage.database, stage.sandbox_file, arrived)
    proofs = prove_all(records, neighborhood.injected, diary)
    return proofs, make_report(neighborhood.injected, diary, proofs)


def _join(threads: list[threading.Thread], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(deadline - time.monotonic(), 0))


def _read_servers() -> tuple[str, str]:
    servers = [os.environ.get(name, "") for name in ("TEST_DATABASE_URL", "TEST_BROKER_URL")]
    if not all(servers):
        raise ChaosError("Chaos needs PostgreSQL and RabbitMQ; see python -m bin.services.")
    return servers[0], servers[1]


def _control_words(options: Options) -> str:
    return f" The guard {options.control!r} is off: a proof must fail." if options.control else ""


if __name__ == "__main__":
    sys.exit(main())
