"""The programs of a run and the environment that they get."""

import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

from bin.chaos.programs import Program, read_procfile
from bin.demo_environment import WEBHOOK_SECRET

PROGRAMS = ("web", "worker", "beat")


def make_environment(
    port: int, sandbox_port: int, database: str, folder: Path, control: str
) -> dict[str, str]:
    """Of every program; nothing of .env, and nothing that another shop on this machine uses."""
    programs = Path(sys.executable).parent
    return {
        "READ_DOT_ENV": "0",
        "DJANGO_SETTINGS_MODULE": "bin.chaos.settings",
        "PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin",
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": database,
        "REDIS_URL": "",
        "MEDIA_ROOT": str(folder / "media"),
        "PRIVATE_ROOT": str(folder / "private"),
        "CHAOS_SCHEDULE": str(folder / "celerybeat-schedule"),
        "CHAOS_CONTROL": control,
        "DEFAULT_FROM_EMAIL": "shop@chaos.example",
        "STRIPE_SECRET_KEY": "sk_test_chaos",
        "STRIPE_WEBHOOK_SECRETS": WEBHOOK_SECRET,
        "CLIENT_LIMIT_FACTOR": "10000",  # All shoppers come from one address.
        "STRIPE_API_BASE": f"http://127.0.0.1:{sandbox_port}",
        "PYTHONUNBUFFERED": "1",
    }


def make_programs(
    environment: Mapping[str, str], sandbox_port: int, folder: Path
) -> dict[str, Program]:
    """The sandbox, and the shop's three as the Procfile has them."""
    (folder / "media" / "images").mkdir(parents=True)
    sandbox = (
        f"{sys.executable} -m stripe_sandbox --port {sandbox_port}"
        f" --database {folder / 'sandbox.sqlite3'} --webhook-secret {WEBHOOK_SECRET}"
        f" --webhook-url {environment['SITE_URL']}/checkout/webhook/"
    )
    commands = {"stripe": sandbox, **read_procfile(*PROGRAMS)}
    return {
        name: Program(name, command, environment=environment, folder=folder)
        for name, command in commands.items()
    }
