"""One sandbox: its settings, its store and its background work, wired together."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from stripe_sandbox.clock import Clock, SystemClock, VirtualClock
from stripe_sandbox.controls.state import Controls
from stripe_sandbox.idempotency import forget_old_keys, forget_unfinished_keys
from stripe_sandbox.services.sessions import expire_overdue_sessions
from stripe_sandbox.settings import Settings
from stripe_sandbox.storage import Store
from stripe_sandbox.unit import Origin, UnitOfWork
from stripe_sandbox.webhooks import Dispatcher

logger = logging.getLogger("stripe_sandbox")


class Sandbox:
    """What the HTTP faces and the tests hold. Several may live in one process."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.store = Store(settings.database)
        with self.store.reading() as records:
            self.clock = VirtualClock(clock or SystemClock(), records.clock_ahead())
        self.controls = Controls()
        self.dispatcher = Dispatcher(self.store, settings, self.clock, self.controls)
        self.controls.changed = self.dispatcher.wake
        self._stopped = threading.Event()
        self._sweeper = threading.Thread(target=self._sweep, name="sandbox-sweeper", daemon=True)

    def start(self) -> None:
        """Starts delivering and expiring. Keys a killed sandbox left running are set free."""
        with self.store.transaction() as records:
            forget_unfinished_keys(records)
        self.dispatcher.start()
        self._sweeper.start()

    def stop(self) -> None:
        """Ends the background work promptly."""
        self._stopped.set()
        self.dispatcher.stop()
        self._sweeper.join(timeout=0.5)

    @contextmanager
    def unit(self, origin: Origin | None = None) -> Iterator[UnitOfWork]:
        """One transaction. Events it caused go out right after the commit."""
        with self.store.transaction() as records:
            now = self.clock.now()
            unit = UnitOfWork(records, self.settings, self.controls, now, origin or Origin())
            yield unit
        if unit.emitted:
            self.dispatcher.wake()

    def sweep(self) -> None:
        """Expires sessions whose time has passed and forgets old idempotency keys."""
        with self.unit() as unit:
            expire_overdue_sessions(unit)
            forget_old_keys(unit.records, unit.time)

    def reset(self) -> None:
        """Takes back whatever was set by hand or by a test. What was bought stays."""
        self.clock.put_back()
        self.keep_clock()
        self.controls.reset()

    def keep_clock(self) -> None:
        """Writes down how far the clock was moved."""
        with self.store.transaction() as records:
            records.save_clock(self.clock.ahead)

    def _sweep(self) -> None:
        while not self._stopped.wait(self.settings.sweep_interval):
            try:
                self.sweep()
            except Exception:
                logger.exception("The sandbox could not expire sessions.")
