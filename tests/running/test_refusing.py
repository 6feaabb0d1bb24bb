"""Each process of production ends by itself with bad settings, says why, and is no success."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bin.demo_environment import Addresses, make_environment
from bin.ports import find_free

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "DJANGO_SETTINGS_MODULE": "shopsite.settings.production",
    "READ_DOT_ENV": "0",
    "SECRET_KEY": "Zk3vX9_pQ-7wLmT2rB8nYc5dHj1sGf6aUe4iOq0xKtVbNhMyRz",
    "ALLOWED_HOSTS": "shop.test",
    "SITE_URL": "https://shop.test",
    "DATABASE_URL": "postgresql://shop@127.0.0.1:1/shop",
    "EMAIL_URL": "smtp://mail.shop.test",
    "DEFAULT_FROM_EMAIL": "shop@shop.test",
    "STRIPE_SECRET_KEY": "sk_live_1",
    "STRIPE_WEBHOOK_SECRETS": "whsec_1",
    "LIVE": "1",
}
BAD = {
    "DEBUG": "1",
    "SECRET_KEY": "short",
    "ALLOWED_HOSTS": "*",
    "STRIPE_SECRET_KEY": "sk_test_1",
    "STRIPE_WEBHOOK_SECRETS": "",
    "DATABASE_URL": "",
    "EMAIL_URL": "",
}
PROCESSES = {
    "web": "-m granian --interface wsgi --workers 1 --respawn-failed-workers --port {port} "
    "--log-level warning shopsite.wsgi:application",
    "worker": "-m celery --app shopsite worker",
    "beat": "-m celery --app shopsite beat",
    "command": "manage.py migrate --check",
}


def run(name: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    arguments = PROCESSES[name].format(port=find_free()).split()
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_a_process_of_production_ends_with_the_reasons(name: str) -> None:
    done = run(name, {**GOOD, **BAD})

    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Traceback" not in said
    for variable in (*BAD, "LIVE"):
        if variable != "STRIPE_SECRET_KEY":  # It is LIVE that says what is wrong with it.
            assert f"\n- {variable} " in said, variable


def test_a_command_says_of_a_lost_file_where_it_was() -> None:
    """A whole check of what starts is `make check`'s."""
    lost = {name: value for name, value in GOOD.items() if name != "SECRET_KEY"}
    done = run("command", {**lost, "SECRET_KEY_FILE": "/nowhere/key"})

    assert (done.returncode, done.stderr.strip()) == (
        1,
        "SECRET_KEY_FILE names /nowhere/key, which cannot be read: No such file or directory.",
    )


def test_a_demo_does_not_stumble_over_secret_files_of_this_machine() -> None:
    inherited = {"DATABASE_URL_FILE": "/run/secrets/database", "HOME": "/root"}
    environment = make_environment(Addresses(8123, 12123), inherited)

    assert "DATABASE_URL_FILE" not in environment
    assert environment["HOME"] == "/root"
