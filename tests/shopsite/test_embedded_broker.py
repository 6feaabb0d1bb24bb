"""The embedded broker hands over whole messages, however often a worker looks for them."""

from multiprocessing import get_context
from pathlib import Path
from queue import Empty
from time import monotonic

import pytest
from celery import Celery
from kombu import Connection
from kombu.transport import filesystem

from shopsite import embedded_broker
from shopsite.settings import base

MESSAGES = 1500
SECONDS = 30


def connect(folder: Path, transport: type[filesystem.Transport]) -> Connection:
    for name in ("messages", "control", "processed"):
        (folder / name).mkdir(exist_ok=True)
    options = {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
        "store_processed": True,
        "processed_folder": str(folder / "processed"),
    }
    return Connection("filesystem://", transport=transport, transport_options=options)


def produce(folder: Path, transport: type[filesystem.Transport]) -> None:
    with connect(folder, transport) as connection:
        queue = connection.SimpleQueue("work")
        for number in range(MESSAGES):
            queue.put({"number": number, "padding": "x" * 300})


def consume(folder: Path, transport: type[filesystem.Transport]) -> tuple[int, int]:
    """How many messages arrived whole and how many broken, read as fast as one can look."""
    whole = broken = 0
    end = monotonic() + SECONDS
    with connect(folder, transport) as connection:
        channel = connection.channel()
        while whole + broken < MESSAGES and monotonic() < end:
            try:
                channel._get("work")
                whole += 1
            except Empty:
                continue
            except ValueError:
                broken += 1
    return whole, broken


def exchange(folder: Path, transport: type[filesystem.Transport]) -> tuple[int, int]:
    producer = get_context("fork").Process(target=produce, args=(folder, transport))
    producer.start()
    counts = consume(folder, transport)
    producer.join()
    return counts


def test_every_message_arrives_whole_while_a_worker_keeps_looking(tmp_path: Path) -> None:
    assert exchange(tmp_path, embedded_broker.Transport) == (MESSAGES, 0)


def test_a_message_that_is_still_being_written_is_not_there_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Caught between the writing and the move; kombu's own hands out an empty file there."""
    with connect(tmp_path, embedded_broker.Transport) as connection:
        channel = connection.channel()
        monkeypatch.setattr(embedded_broker.os, "replace", lambda source, target: None)
        channel._put("work", {"number": 1})
        with pytest.raises(Empty):
            channel._get("work")
    with connect(tmp_path, filesystem.Transport) as connection:
        monkeypatch.setattr(filesystem, "dumps", lambda payload: "")
        channel = connection.channel()
        channel._put("work", {"number": 1})
        with pytest.raises(ValueError, match="Expecting value"):
            channel._get("work")


def test_messages_come_in_the_order_they_were_sent(tmp_path: Path) -> None:
    with connect(tmp_path, embedded_broker.Transport) as connection:
        channel = connection.channel()
        for number in range(20):
            channel._put("work", {"number": number})
        assert [channel._get("work")["number"] for _number in range(20)] == list(range(20))


def test_the_shop_uses_it_when_no_broker_is_named() -> None:
    celery = Celery("shop", broker=base.EMBEDDED_BROKER_URL, set_as_current=False)
    celery.conf.broker_transport = base.EMBEDDED_BROKER_TRANSPORT
    assert isinstance(celery.connection_for_write().transport, embedded_broker.Transport)
