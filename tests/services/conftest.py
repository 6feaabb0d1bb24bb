"""The real parts that the tests of this folder are made of, and the shop's own behind them."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlsplit
from uuid import uuid4

import pytest
from celery import Celery
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from kombu import Connection, Queue

from checkout.models import ShippingMethod
from checkout.views.turns import Turns
from home.models import HomePage
from shopsite.celery import app as shop_app
from stripe_sandbox.testing import RunningSandbox, running_sandbox
from tests.factories import make_site
from tests.flows.shopper import Shopper
from tests.services.mail_server import MailServer
from tests.services.proxy import Proxy
from tests.services.waiting import eventually
from tests.services.worker import Worker

Beat = Callable[[str], object]
StartWorker = Callable[[str], Worker]
CLAIM_SECONDS = 2  # How long a worker's claim on a mail outlives it.


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """Runs a test once on each database it names; only where that is the one of this run."""
    wanted, present = request.param, connection.vendor
    if wanted != present and wanted == "postgresql":
        pytest.fail("DATABASE_URL must name the PostgreSQL server that TEST_DATABASE_URL names.")
    if wanted != present:
        pytest.skip(f"This run is on {present}.")
    return present


@pytest.fixture
def sandbox(settings) -> Iterator[RunningSandbox]:
    with running_sandbox(webhook_secret="whsec_tests") as running:
        settings.STRIPE_API_BASE = running.base_url
        yield running


@pytest.fixture
def site(db: None) -> HomePage:
    return make_site()


@pytest.fixture
def shopper(client: Client, site: HomePage, sandbox: RunningSandbox) -> Shopper:
    ShippingMethod.objects.create(name="Parcel", price="4.90", free_from="60")
    return Shopper(client, sandbox)


class NobodyAtWork(Turns):
    """Of `checkout.views.webhook` where each thread is to be a process."""

    @contextmanager
    def now(self) -> Iterator[bool]:
        yield True


@pytest.fixture(autouse=True)
def processes_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that race stand for processes of the web server, which share no memory."""
    monkeypatch.setattr("checkout.views.webhook.turns", NobodyAtWork())


# --- RabbitMQ ---------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def broker_url() -> str:
    return os.environ["TEST_BROKER_URL"]


@pytest.fixture(scope="session")
def queue_name(broker_url: str) -> Iterator[str]:
    """A queue of this run alone, so that nobody else's worker takes its messages."""
    name = f"shop-test-{uuid4().hex[:12]}"
    yield name
    with Connection(broker_url) as broker:
        Queue(name, channel=broker.default_channel).delete()


@pytest.fixture
def broker(broker_url: str) -> Iterator[Proxy]:
    """What stands between the shop and the broker. Workers have a way of their own."""
    parts = urlsplit(broker_url)
    proxy = Proxy(parts.hostname or "127.0.0.1", parts.port or 5672)
    yield proxy
    proxy.refuse()


@pytest.fixture
def shop_broker(
    settings, monkeypatch: pytest.MonkeyPatch, broker: Proxy, broker_url: str, queue_name: str
) -> Iterator[Celery]:
    """Makes this process a web server of production's, as far as Celery goes."""
    monkeypatch.setattr("shopsite.broker._asked_again_from", 0.0)
    settings.CELERY_BROKER_URL = broker.through(broker_url)
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = settings.AMQP_TRANSPORT_OPTIONS
    settings.CELERY_TASK_DEFAULT_QUEUE = queue_name
    app = Celery("shopsite")
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.set_default()
    yield app
    shop_app.set_current()
    shop_app.set_default()
    app.close()


@pytest.fixture
def operator(broker_url: str, queue_name: str) -> Iterator[Celery]:
    """Celery as somebody uses it who stands beside the shop: its way to the broker always works."""
    app = Celery("operator", broker=broker_url, set_as_current=False)
    app.conf.task_default_queue = queue_name
    with app:
        yield app


@pytest.fixture
def beat(operator: Celery) -> Beat:
    """Sends a task by its name to the workers, as beat does when its time has come."""
    return lambda name: operator.send_task(name, ignore_result=True)


# --- Workers ----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def smtp(mail_server: MailServer) -> Iterator[Proxy]:
    """The way to the mail server."""
    proxy = Proxy("127.0.0.1", mail_server.port)
    yield proxy
    proxy.refuse()


@pytest.fixture(scope="session")
def start_worker(
    django_db_setup: None,
    broker_url: str,
    queue_name: str,
    smtp: Proxy,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[StartWorker]:
    """Starts workers on the tests' database; they end with the tests at the latest."""
    workers: list[Worker] = []
    logs = tmp_path_factory.mktemp("workers")
    environment = {
        "DJANGO_SETTINGS_MODULE": "shopsite.settings.production",
        "READ_DOT_ENV": "0",
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": broker_url,
        "CELERY_QUEUE": queue_name,
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp.port}",
        "SECRET_KEY": django_settings.SECRET_KEY,
        "SITE_URL": django_settings.SITE_URL,
        "ALLOWED_HOSTS": "testserver",
        "STRIPE_SECRET_KEY": "sk_test_tests",
        "STRIPE_WEBHOOK_SECRETS": "whsec_tests",
        "OUTBOX_CLAIM_SECONDS": str(CLAIM_SECONDS),
    }

    def start(name: str) -> Worker:
        log = logs / f"{name}-{len(workers)}.log"
        worker = Worker(f"{name}-{queue_name}", environment=environment, log=log)
        workers.append(worker)
        worker.wait_until_ready()
        return worker

    yield start
    for worker in workers:
        worker.stop()


@pytest.fixture(scope="session")
def running_worker(start_worker: StartWorker) -> Worker:
    """One worker for all tests that do not kill it."""
    return start_worker("worker")


@pytest.fixture
def worker(
    transactional_db: None,
    running_worker: Worker,
    post: MailServer,
    operator: Celery,
    queue_name: str,
) -> Iterator[Worker]:
    """The tables are emptied only after the worker has finished what the test gave it to do."""
    yield running_worker
    control = operator.control.inspect(destination=[running_worker.name], timeout=10, limit=1)

    def is_idle() -> bool:
        if count_waiting(operator, queue_name):
            return False
        return not any(
            tasks for answer in (control.reserved(), control.active()) for tasks in answer.values()
        )

    eventually(is_idle, "the worker has nothing to do")


def count_waiting(operator: Celery, queue: str) -> int:
    """How many messages of the queue no worker has taken."""
    with operator.connection_for_read() as broker:
        declared = Queue(queue, channel=broker.default_channel).queue_declare(passive=True)
        return declared.message_count


@dataclass(frozen=True)
class Consumption:
    """Whether the worker takes messages from the queue of this run."""

    operator: Celery
    worker: Worker
    queue: str

    def stop(self) -> None:
        control = self.operator.control
        control.cancel_consumer(self.queue, destination=[self.worker.name], reply=True, timeout=10)

    def go_on(self) -> None:
        control = self.operator.control
        control.add_consumer(self.queue, destination=[self.worker.name], reply=True, timeout=10)

    def count_waiting(self) -> int:
        return count_waiting(self.operator, self.queue)


@pytest.fixture
def consumption(worker: Worker, operator: Celery, queue_name: str) -> Iterator[Consumption]:
    """Lets a test stop the worker from taking messages; afterwards it takes them again."""
    consumption = Consumption(operator, worker, queue_name)
    yield consumption
    consumption.go_on()


@pytest.fixture
def victim(consumption: Consumption, start_worker: StartWorker) -> Iterator[Worker]:
    """A worker to be killed. The other one takes no messages until the test says so."""
    consumption.stop()
    victim = start_worker("victim")
    yield victim
    victim.kill()


@pytest.fixture
def post(mail_server: MailServer, smtp: Proxy) -> Iterator[MailServer]:
    """The mail server with nothing in it."""
    mail_server.forget()
    smtp.open()
    yield mail_server
    mail_server.forget()


def database_url() -> str:
    """The tests' own database, as another process must be told of it."""
    database = connection.settings_dict
    login = quote(database["USER"])
    if database["PASSWORD"]:
        login += f":{quote(database['PASSWORD'], safe='')}"
    server = f"{database['HOST']}:{database['PORT'] or 5432}"
    return f"postgresql://{login}@{server}/{database['NAME']}"
