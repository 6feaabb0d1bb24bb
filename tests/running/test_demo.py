"""bin/demo.py: what it refuses, what it sets, what it takes away; and once, all of it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bin.demo import lock_var, make_commands, make_welcome, remove_demo_files
from bin.demo_environment import Addresses, DemoError, make_environment, read_addresses
from bin.ports import find_free
from tests.small_pictures import shrink_pictures

ROOT = Path(__file__).resolve().parents[2]
PICTURES = Path("home", "demo", "images")
ADDRESSES = Addresses(port=8123, sandbox_port=12123)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("name", ["PORT", "SANDBOX_PORT"])
def test_taken_port_is_one_sentence_with_a_way_out(name: str, taken_port: int) -> None:
    other = {"PORT": "SANDBOX_PORT", "SANDBOX_PORT": "PORT"}[name]

    with pytest.raises(DemoError) as error:
        read_addresses({name: str(taken_port), other: str(find_free())})

    assert re.fullmatch(
        rf"Port {taken_port} is taken by another program;"
        rf" stop it, or run: make demo {name}=\d+",
        str(error.value),
    )


@pytest.mark.parametrize("text", ["eight", "0", "65536", "-1", "80.0", "８０"])
def test_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(DemoError) as error:
        read_addresses({"PORT": text})

    assert str(error.value) == f"PORT must be a number from 1 to 65535, not {text!r}."


def test_ports_must_differ() -> None:
    with pytest.raises(DemoError, match="PORT and SANDBOX_PORT are both 9123; they must differ"):
        read_addresses({"PORT": "9123", "SANDBOX_PORT": "9123"})


def test_taken_port_ends_the_command_without_a_traceback(taken_port: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bin.demo"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(taken_port), "RESET": "1"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert done.returncode == 1
    assert done.stdout.startswith(f"Port {taken_port} is taken")
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_demo_never_touches_the_servers_of_a_real_shop() -> None:
    real = {
        "DATABASE_URL": "postgresql://shop@db/shop",
        "CELERY_BROKER_URL": "amqp://broker",
        "REDIS_URL": "redis://cache",
        "EMAIL_URL": "smtp://mail",
        "MEDIA_ROOT": "/srv/media",
        "SITE_URL": "https://shop.example",
    }

    environment = make_environment(ADDRESSES, real)

    assert environment["READ_DOT_ENV"] == "0"
    assert environment["DATABASE_URL"].startswith("sqlite:///")
    assert [name for name, value in real.items() if environment[name] == value] == []


def test_demo_pays_at_stripe_with_somebodys_own_test_keys() -> None:
    keys = {"STRIPE_SECRET_KEY": "sk_test_mine", "STRIPE_WEBHOOK_SECRETS": "whsec_mine"}

    environment = make_environment(ADDRESSES, {**keys, "STRIPE_API_BASE": "http://elsewhere"})

    assert {name: environment[name] for name in keys} == keys
    assert environment["STRIPE_API_BASE"] == ""
    names = [command.name for command in make_commands(ADDRESSES, environment)]
    assert names == ["web", "worker"]
    assert "Payments go to Stripe.\n" in make_welcome(ADDRESSES, [], has_sandbox=False)
    assert "sandbox" not in make_welcome(ADDRESSES, [], has_sandbox=False)


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_WEBHOOK_SECRETS": "whsec_1"}, "no test key"),
        ({"STRIPE_SECRET_KEY": "rk_live_1", "STRIPE_WEBHOOK_SECRETS": "whsec_1"}, "no test key"),
        ({"STRIPE_SECRET_KEY": "sk_test_1"}, "STRIPE_WEBHOOK_SECRETS is missing"),
    ],
)
def test_demo_refuses_real_money_and_half_of_the_keys(keys: dict[str, str], sentence: str) -> None:
    with pytest.raises(DemoError, match=sentence):
        make_environment(ADDRESSES, keys)


def test_addresses_follow_the_ports() -> None:
    environment = make_environment(ADDRESSES, {})

    assert environment["SITE_URL"] == "http://localhost:8123"
    assert environment["STRIPE_API_BASE"] == "http://127.0.0.1:12123"
    assert environment["STRIPE_SECRET_KEY"] == "sk_test_sandbox"
    names = [command.name for command in make_commands(ADDRESSES, environment)]
    assert names == ["web", "worker", "stripe"]
    assert ADDRESSES.webhook == "http://127.0.0.1:8123/checkout/webhook/"


def test_welcome_names_every_address_and_log_in() -> None:
    welcome = make_welcome(ADDRESSES, [["clerk", "secret", "Shop clerk"]])

    for text in (
        "http://localhost:8123/\n",
        "http://localhost:8123/admin/\n",
        "http://localhost:8123/demo/mail/\n",
        "http://127.0.0.1:12123/\n",
    ):
        assert text in welcome
    assert re.search(r"clerk +secret +Shop clerk\n", welcome)


def test_reset_takes_away_what_a_demo_made_and_nothing_else(tmp_path: Path) -> None:
    made = ["shop.sqlite3", "shop.sqlite3-wal", "sandbox.sqlite3", "celerybeat-schedule.dat"]
    for name in [*made, "notes.txt"]:
        (tmp_path / name).write_text("x")
    for folder in ("media/images", "mail", "queue/messages", "static/css"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "file").write_text("x")

    remove_demo_files(tmp_path)

    left = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert left == ["notes.txt", "static/css/file"]


def test_reset_does_not_follow_a_link_out_of_var(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "cat.jpg").write_text("x")
    var = tmp_path / "var"
    var.mkdir()
    (var / "media").symlink_to(photos)

    remove_demo_files(var)

    assert not (var / "media").is_symlink()
    assert (photos / "cat.jpg").exists()


def test_second_demo_in_a_folder_is_refused(tmp_path: Path) -> None:
    with (
        lock_var(tmp_path),
        pytest.raises(DemoError, match="A demo is already running in this folder; stop it first"),
    ):
        lock_var(tmp_path)

    lock_var(tmp_path).close()


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree as a stranger would clone it, with this run's packages as its .venv, and with small
    pictures: making their sizes would take most of the time."""
    copy = tmp_path_factory.mktemp("clone") / "shop"
    ignored = shutil.ignore_patterns(
        ".*_cache", ".git", ".venv", ".env", ".hypothesis", "__pycache__"
    )
    shutil.copytree(
        ROOT, copy, ignore=lambda path, names: {*ignored(path, names), *({"var"} & set(names))}
    )
    (copy / ".venv").symlink_to(sys.prefix)
    shrink_pictures(ROOT / PICTURES, copy / PICTURES)
    return copy


def processes_in(folder: Path) -> list[str]:
    """The command lines of the processes that run in the folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").resolve() == folder:
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def read_until(running: subprocess.Popen[str], text: str) -> str:
    lines = []
    for line in running.stdout or ():
        lines.append(line)
        if text in line:
            return "".join(lines)
    pytest.fail(f"The demo ended before it said {text!r}:\n{''.join(lines)}")


@pytest.mark.demo
def test_make_demo_serves_the_shop_and_leaves_no_process(checkout: Path) -> None:
    port, sandbox_port = find_free(), find_free()
    addresses = Addresses(port, sandbox_port)
    running = subprocess.Popen(
        ["make", "demo", f"PORT={port}", f"SANDBOX_PORT={sandbox_port}"],
        cwd=checkout,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output = read_until(running, "Ctrl-C stops it.")
        for path in ("/", "/shop/", "/admin/login/", "/static/css/site.css", "/demo/mail/"):
            with urllib.request.urlopen(addresses.shop + path, timeout=30) as answer:
                assert answer.status == 200
        while_running = processes_in(checkout)
    finally:
        os.killpg(running.pid, signal.SIGINT)  # As a terminal does: make and the demo both get it.
        rest, _ = running.communicate(timeout=40)

    assert re.search(r"editor +editor +Editor", output)
    assert "Traceback" not in output + rest
    assert rest.replace("\n", "").removeprefix("^C").startswith("Stopping.")
    for name in ("granian", "celery", "stripe_sandbox"):
        assert any(name in line for line in while_running)
    deadline = time.monotonic() + 5
    while processes_in(checkout) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert processes_in(checkout) == []
