"""Everything a run is made of, set up and taken down: database, neighbors, programs."""

import fcntl
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kombu import Connection, Queue

from bin.chaos.environment import PROGRAMS, make_environment, make_programs
from bin.chaos.faults import Neighborhood
from bin.chaos.options import ChaosError
from bin.chaos.stripe_faults import StripeFaults
from bin.chaos.waiting import wait_until_answered
from bin.databases import fresh_database, provide_template
from bin.demo_environment import ROOT, VAR
from bin.neighbors.mail_server import MailServer
from bin.neighbors.proxy import Proxy
from bin.ports import find_lasting
from bin.services import DATABASE_NAME

PRODUCTS = 6


@dataclass
class Stage:
    """A shop that runs. `paths` are those of its products' pages."""

    shop: str
    sandbox: str
    sandbox_file: Path
    database: str
    environment: dict[str, str]
    paths: list[str]
    neighborhood: Neighborhood

    def wait_until_ready(self) -> None:
        """Until the web server answers and the worker takes tasks. Raises ChaosError."""
        wait_until_answered(self.neighborhood.probe)
        if self.neighborhood.worker.is_running:
            self.neighborhood.worker.wait_for_log(" ready.")


@contextmanager
def set_up(
    *,
    postgresql: str,
    rabbitmq: str,
    on_hand: int,
    control: str,
    inherited: Mapping[str, str],
    started: Sequence[str] = PROGRAMS,
) -> Iterator[Stage]:
    """A database, a queue and ports of its own; all of it is gone afterwards but the logs in
    var/chaos/. `started` names the programs of the Procfile that are wanted."""
    with ExitStack() as stack:
        stack.enter_context(_only_run())
        folder = VAR / "chaos"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        template = provide_template(postgresql)
        database = stack.enter_context(
            fresh_database(postgresql, f"{DATABASE_NAME}_chaos", template=template)
        )
        queue = f"chaos-{find_lasting()}-{int(time.time())}"
        stack.callback(_delete_queue, rabbitmq, queue)
        mail = MailServer()
        mail.start()
        stack.callback(mail.stop)
        smtp = Proxy("127.0.0.1", mail.port, listens_at=find_lasting())
        stack.callback(smtp.refuse)
        parts = urlsplit(rabbitmq)
        broker = Proxy(parts.hostname or "127.0.0.1", parts.port or 5672, listens_at=find_lasting())
        stack.callback(broker.refuse)
        port, sandbox_port = find_lasting(), find_lasting()
        environment = {
            **inherited,
            **make_environment(port, sandbox_port, database, folder, control),
            "CELERY_BROKER_URL": broker.through(rabbitmq),
            "CELERY_QUEUE": queue,
            "EMAIL_URL": f"smtp://127.0.0.1:{smtp.port}",
        }
        programs = make_programs(environment, sandbox_port, folder)
        for program in programs.values():
            stack.callback(program.kill)
        programs["stripe"].start()
        paths = build_content(environment, on_hand)
        for name in started:
            programs[name].start()
        sandbox = f"http://127.0.0.1:{sandbox_port}"
        yield Stage(
            shop=environment["SITE_URL"],
            sandbox=sandbox,
            sandbox_file=folder / "sandbox.sqlite3",
            database=database,
            environment=environment,
            paths=paths,
            neighborhood=Neighborhood(
                web=programs["web"],
                worker=programs["worker"],
                beat=programs["beat"],
                broker=broker,
                smtp=smtp,
                mail=mail,
                stripe=StripeFaults(sandbox),
                probe=f"{environment['SITE_URL']}/readyz",
            ),
        )


@contextmanager
def _only_run() -> Iterator[None]:
    """Two runs of one checkout would share folder and database."""
    VAR.mkdir(exist_ok=True)
    with (VAR / "chaos.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ChaosError("A run is going on in this folder; wait for its end.") from error
        yield


def build_content(environment: Mapping[str, str], on_hand: int) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "bin.chaos.content", str(PRODUCTS), str(on_hand)],
        cwd=ROOT,
        # On the spot: no worker is there yet to take Wagtail's background work.
        env={**environment, "CELERY_BROKER_URL": ""},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ChaosError("The content of the shop could not be made; the lines above say why.")
    paths: list[str] = json.loads(done.stdout)
    return paths


def _delete_queue(rabbitmq: str, name: str) -> None:
    with Connection(rabbitmq) as broker:
        Queue(name, channel=broker.default_channel).delete()
