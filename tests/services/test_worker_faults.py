"""What a worker and its broker survive: messages that are lost, broken, hostile or of another
release, and a process that the kernel kills."""

import os
import pickle
import signal
from pathlib import Path

import pytest
from celery import Celery
from kombu import Connection, Queue

from orders.models import Order, OutgoingEmail
from orders.outbox import OUTBOX
from shopsite.broker import send_task
from stripe_sandbox.testing import RunningSandbox
from tests.services.conftest import Beat, Consumption
from tests.services.mail_server import MailServer
from tests.services.purchases import deliver, pay_at_stripe
from tests.services.waiting import eventually
from tests.services.worker import Worker

pytestmark = [
    pytest.mark.services("postgresql", "rabbitmq"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

SWEEP = "orders.tasks.process_outbox"
State = OutgoingEmail.State


def are_sent(order: Order) -> bool:
    return set(order.emails.values_list("state", flat=True)) == {State.SENT}


def test_a_message_that_the_broker_lost_costs_no_mail(
    sandbox: RunningSandbox,
    shop_broker: Celery,
    operator: Celery,
    beat: Beat,
    consumption: Consumption,
    post: MailServer,
    queue_name: str,
) -> None:
    """As in a crash: the broker had said that it holds the message."""
    consumption.stop()
    purchase = pay_at_stripe(sandbox)
    assert deliver(sandbox, purchase).status_code == 200
    assert consumption.count_waiting() == 2
    with operator.connection_for_write() as broker:
        broker.default_channel.queue_purge(queue_name)
    consumption.go_on()
    assert not are_sent(purchase.order)
    beat(SWEEP)
    eventually(lambda: are_sent(purchase.order), "the sweep sends what no message told of")
    assert len(post.received) == 2


def test_a_message_that_the_broker_does_not_take_is_known_as_not_sent(
    shop_broker: Celery, operator: Celery, queue_name: str
) -> None:
    """Without `confirm_publish` it would count as sent."""
    full = Queue(
        f"{queue_name}-full",
        queue_arguments={"x-max-length": 0, "x-overflow": "reject-publish"},
    )
    shop_broker.conf.task_default_queue = full.name
    shop_broker.conf.task_queues = [full]
    with operator.connection_for_write() as broker:
        queue = full.bind(broker.default_channel)
        queue.declare()
        try:
            assert send_task(OUTBOX.send_task_name, (1,)) is False
        finally:
            queue.delete()


class Bomb:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.mkdir, (str(self._path),))


def publish(broker_url: str, queue: str, body: object, **properties: object) -> None:
    """Comes back when the broker holds the message."""
    with Connection(broker_url, transport_options={"confirm_publish": True}) as broker:
        producer = broker.Producer()
        producer.publish(body, exchange="", routing_key=queue, **properties)


def test_poisonous_messages_are_dropped_and_the_worker_goes_on(
    sandbox: RunningSandbox,
    shop_broker: Celery,
    broker_url: str,
    consumption: Consumption,
    queue_name: str,
    tmp_path: Path,
    worker: Worker,
    post: MailServer,
) -> None:
    is_unpickled = tmp_path / "unpickled"
    consumption.stop()
    known = {"headers": {"task": SWEEP, "id": "1", "lang": "py"}}
    for body, properties in (
        (b"\xff\x00 no JSON", {"content_type": "application/json", "content_encoding": "utf-8"}),
        ({"neither": "task nor id"}, {}),
        (["neither", "a", "task"], {}),
        (
            pickle.dumps(((Bomb(is_unpickled),), {}, {})),
            {
                "content_type": "application/x-python-serialize",
                "content_encoding": "binary",
                **known,
            },
        ),
        (b"!" * 1_000_000, {"content_type": "text/plain", "content_encoding": "utf-8", **known}),
    ):
        publish(broker_url, queue_name, body, **properties)
    assert consumption.count_waiting() == 5
    purchase = pay_at_stripe(sandbox)
    deliver(sandbox, purchase)
    consumption.go_on()
    eventually(lambda: are_sent(purchase.order), "the worker does what comes behind the poison")
    assert consumption.count_waiting() == 0
    assert worker.process.poll() is None
    assert not is_unpickled.exists()
    assert len(post.received) == 2


def test_messages_of_another_release_cost_no_mail(
    sandbox: RunningSandbox,
    shop_broker: Celery,
    operator: Celery,
    beat: Beat,
    consumption: Consumption,
    worker: Worker,
    post: MailServer,
) -> None:
    """A web server that was deployed before its worker, or after it: the task has another name, one
    argument more, or one that it does not have any more."""
    consumption.stop()
    purchase = pay_at_stripe(sandbox)
    deliver(sandbox, purchase)
    with operator.connection_for_write() as broker:
        broker.default_channel.queue_purge(consumption.queue)
    key = purchase.order.emails.first().pk
    operator.send_task("orders.tasks.of_tomorrow", (key,))
    operator.send_task(OUTBOX.send_task_name, (key, "priority"))
    operator.send_task(OUTBOX.send_task_name, (key,), {"priority": 1})
    operator.send_task(OUTBOX.send_task_name, ())
    consumption.go_on()
    beat(SWEEP)
    eventually(lambda: are_sent(purchase.order), "the sweep sends what no message named rightly")
    assert len(post.received) == 2
    assert worker.process.poll() is None


def test_a_process_that_the_kernel_kills_takes_neither_the_worker_nor_the_mail_along(
    sandbox: RunningSandbox,
    shop_broker: Celery,
    beat: Beat,
    worker: Worker,
    post: MailServer,
) -> None:
    """As when memory runs out while a paper is made: the worker's child dies, and the worker has
    to notice."""
    purchase = pay_at_stripe(sandbox)
    post.hold_at("RCPT")
    deliver(sandbox, purchase)
    eventually(lambda: post.holding == 2, "both mails are under way")
    before = children_of(worker.process.pid)
    for child in before:
        os.kill(child, signal.SIGKILL)
    post.let_go()

    def is_swept() -> bool:
        beat(SWEEP)
        return are_sent(purchase.order)

    eventually(is_swept, "another process of the same worker sends them")
    assert worker.process.poll() is None
    assert set(purchase.order.emails.values_list("attempts", flat=True)) == {2}
    assert len(post.received) == 2


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
