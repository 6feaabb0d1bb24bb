"""Does to the shop and its neighbors what the plan says, and notes when."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from bin.chaos.kinds import Fault
from bin.chaos.options import ChaosError
from bin.chaos.plan import Plan, Step
from bin.chaos.programs import Program
from bin.chaos.stripe_faults import StripeFaults
from bin.chaos.waiting import wait_until_answered
from bin.neighbors.mail_server import MailServer
from bin.neighbors.proxy import Proxy

Undo = Callable[[], None]


@dataclass(frozen=True)
class Injected:
    """A fault as it really was, in seconds since the epoch."""

    fault: Fault
    begun: float
    ended: float


@dataclass
class Neighborhood:
    """All that can be made to fail. `probe` is the address that says that the shop is there."""

    web: Program
    worker: Program
    beat: Program
    broker: Proxy
    smtp: Proxy
    mail: MailServer
    stripe: StripeFaults
    probe: str
    injected: list[Injected] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def run(self, plan: Plan) -> list[threading.Thread]:
        """Each step in a thread of its own, at its time."""
        started = time.monotonic()
        threading.Thread(target=self._supervise, daemon=True).start()
        threads = [
            threading.Thread(target=self._inject, args=(step, started + step.at), daemon=True)
            for step in plan.steps
        ]
        for thread in threads:
            thread.start()
        return threads

    def calm(self) -> None:
        """Nothing fails any more, and everything runs."""
        self.is_over.set()
        self.broker.open()
        self.smtp.open()
        self.mail.answer_to_all, self.mail.closes = "", False
        self.mail.let_go()
        self.stripe.clear()
        for program in (self.web, self.worker, self.beat):
            program.start()

    def _supervise(self) -> None:
        """A web server whose processes die twice in a few seconds gives up, for instance."""
        while True:
            for program in (self.web, self.worker, self.beat):
                program.revive()
            time.sleep(0.5)

    def _inject(self, step: Step, at: float) -> None:
        if self.is_over.wait(max(at - time.monotonic(), 0)):
            return
        begun = time.time()
        undo = self._begin(step.fault)
        self.is_over.wait(step.seconds)
        undo()
        self.injected.append(Injected(step.fault, begun, time.time()))

    def _begin(self, fault: Fault) -> Undo:
        if fault is Fault.KILL_WEB:
            self.web.kill()
            return self._open_again
        program = {
            Fault.KILL_WORKER: self.worker,
            Fault.KILL_BEAT: self.beat,
        }.get(fault)
        if program is not None:
            program.kill()
            return program.start
        simple: dict[Fault, tuple[Callable[[], object], Undo]] = {
            Fault.KILL_WEB_WORKER: (self.web.kill_child, self._open_again),
            Fault.KILL_WORKER_CHILD: (self.worker.kill_child, _nothing),
            Fault.CUT_BROKER: (self.broker.cut, _nothing),
            Fault.REFUSE_BROKER: (self.broker.refuse, self.broker.open),
            Fault.HANG_BROKER: (self.broker.hang, self.broker.open),
            Fault.MAIL_REFUSES: (self.smtp.refuse, self.smtp.open),
            Fault.MAIL_LATER: (lambda: self._answer("451 Try again later"), self._accept),
            Fault.MAIL_CLOSES: (lambda: setattr(self.mail, "closes", True), self._accept),
            Fault.MAIL_SLOW: (lambda: self.mail.hold_at("DATA"), self.mail.let_go),
        }
        if fault in simple:
            begin, undo = simple[fault]
            begin()
            return undo
        return self.stripe.begin(fault)

    def _open_again(self) -> None:
        """The fault lasts until shoppers can come in again."""
        self.web.start()
        with suppress(ChaosError):
            wait_until_answered(self.probe)

    def _answer(self, words: str) -> None:
        self.mail.answer_to_all = words

    def _accept(self) -> None:
        self.mail.answer_to_all, self.mail.closes = "", False


def _nothing() -> None:
    """What was killed is started again by its own supervisor."""
