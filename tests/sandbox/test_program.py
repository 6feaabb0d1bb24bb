import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import requests

from bin.ports import find_free
from stripe_sandbox.__main__ import read_settings
from stripe_sandbox.errors import SandboxRefusal
from stripe_sandbox.settings import Settings
from stripe_sandbox.testing import running_sandbox
from tests.sandbox.merchant import connect

ROOT = Path(__file__).resolve().parents[2]


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "stripe_sandbox", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_program_serves_and_ends_quietly(tmp_path: Path, number: signal.Signals) -> None:
    port = str(find_free())
    process = start(
        *("--port", port, "--database", str(tmp_path / "new" / "sandbox.sqlite3")),
        *("--webhook-url", "http://127.0.0.1:9/hook/", "--webhook-secret", "whsec_x"),
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line == (
            f"Stripe sandbox at http://127.0.0.1:{port} (no real money moves); "
            "webhooks go to http://127.0.0.1:9/hook/.\n"
        )
        assert requests.get(f"http://127.0.0.1:{port}/", timeout=5).status_code == 200
        started = time.monotonic()
        process.send_signal(number)
        output, errors = process.communicate(timeout=5)
    finally:
        process.kill()
    assert time.monotonic() - started < 3
    assert (process.returncode, output, errors) == (0, "", "")


def test_taken_port_is_one_sentence_and_status_1(tmp_path: Path) -> None:
    with running_sandbox() as running:
        port = running.base_url.rsplit(":", 1)[1]
        process = start(
            *("--port", port, "--database", str(tmp_path / "sandbox.sqlite3")),
            STRIPE_WEBHOOK_SECRETS="whsec_x",
        )
        output, errors = process.communicate(timeout=10)
    assert process.returncode == 1
    assert output == ""
    assert errors == (f"Port {port} on 127.0.0.1 is taken: another sandbox may be running.\n")


def test_settings_come_from_the_environment() -> None:
    settings = read_settings(
        [],
        {
            "SANDBOX_PORT": "12345",
            "SANDBOX_DATABASE": "x.sqlite3",
            "SANDBOX_WEBHOOK_URL": "http://localhost:8000/hook/",
            "STRIPE_WEBHOOK_SECRETS": "whsec_new,whsec_old",
        },
    )
    assert settings == Settings(
        port=12345,
        database=Path("x.sqlite3"),
        webhook_url="http://localhost:8000/hook/",
        webhook_secret="whsec_new",
    )


def test_command_line_wins_over_the_environment() -> None:
    settings = read_settings(
        ["--port", "1", "--webhook-secret", "whsec_b"],
        {"SANDBOX_PORT": "2", "STRIPE_WEBHOOK_SECRETS": "whsec_a"},
    )
    assert (settings.port, settings.webhook_secret) == (1, "whsec_b")
    assert settings.webhook_url == "http://127.0.0.1:8000/checkout/webhook/"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--host", "0.0.0.0"], "listens on this machine only"),
        (["--host", "192.168.1.5"], "listens on this machine only"),
        (["--host", "example.com"], "listens on this machine only"),
        (["--webhook-url", "https://shop.example/hook/"], "to this machine only"),
        (["--webhook-url", "http://127.0.0.1.example/"], "to this machine only"),
        (["--webhook-url", "http://10.0.0.1/"], "to this machine only"),
        (["--webhook-url", "ftp://127.0.0.1/"], "must begin with http"),
        (["--webhook-url", "http://[::1/"], "cannot be read"),
        (["--webhook-secret", " "], "needs a webhook secret"),
        (["--port", "many"], "must be a number"),
        (["--port", "70000"], "must be a number"),
    ],
)
def test_settings_that_leave_the_machine_are_refused(arguments: list[str], sentence: str) -> None:
    with pytest.raises(SandboxRefusal, match=sentence):
        read_settings(["--webhook-secret", "whsec_x", *arguments], {})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_addresses_are_accepted(host: str) -> None:
    settings = read_settings(["--webhook-secret", "x", "--host", host], {})
    assert settings.host == host


def test_two_sandboxes_know_nothing_of_each_other(order: dict[str, Any]) -> None:
    with running_sandbox() as one, running_sandbox() as other:
        session = connect(one).checkout.sessions.create(order)
        one.pay(session.id)
        assert len(one.events()) == 4
        assert other.events() == []
        assert connect(other).checkout.sessions.list().data == []


def test_nothing_of_the_shop_is_imported() -> None:
    code = (
        "import sys, stripe_sandbox.__main__, stripe_sandbox.testing;"
        "shop = {'django', 'wagtail', 'shopsite', 'products', 'orders', 'checkout', 'home'};"
        "print(sorted(shop & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout == "[]\n"
