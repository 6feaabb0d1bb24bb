"""The shop as it runs in production, on one machine: `make stack`.

Reads .env, says which variable is missing or which server does not answer, migrates, collects the
static files, and then becomes honcho, which runs the Procfile: web, worker, beat and Flower.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg

from bin.ports import is_free, parse_port
from bin.services import CONNECT_SECONDS, answers_as_rabbitmq, answers_as_redis
from shopsite.settings.env import BASE_DIR, CannotStart, env

REQUIRED = (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRETS",
    "DATABASE_URL",
    "CELERY_BROKER_URL",
    "REDIS_URL",
)
STEPS = (
    ("check", "--deploy"),
    ("migrate", "--no-input", "--verbosity", "0"),
    ("collectstatic", "--no-input", "--verbosity", "0"),
)


class StackError(Exception):
    """Why the stack cannot start, in words for the person who called it."""


def read(name: str) -> str:
    """The variable's value, also from the file that NAME_FILE names; empty when it is not set."""
    try:
        return str(env(name, default="")).strip()
    except CannotStart as error:
        raise StackError(str(error)) from error


def check_variables() -> None:
    missing = [name for name in REQUIRED if not read(name)]
    if missing:
        raise StackError(
            f"Not set: {', '.join(missing)}. Copy .env.example to .env and fill them in."
        )


def answers_as_database(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=CONNECT_SECONDS).close()
    except psycopg.Error:
        return False
    return True


def check_servers() -> None:
    """Each of the three servers answers; StackError names those that do not."""
    servers: dict[str, Callable[[str], bool]] = {
        "DATABASE_URL": answers_as_database,
        "CELERY_BROKER_URL": answers_as_rabbitmq,
        "REDIS_URL": answers_as_redis,
    }
    silent = [name for name, answers in servers.items() if not answers(read(name))]
    if silent:
        raise StackError(f"The server does not answer or does not let us in: {', '.join(silent)}.")


def read_port() -> int:
    try:
        port = parse_port("PORT", os.environ.get("PORT") or "8000")
    except ValueError as error:
        raise StackError(str(error)) from error
    if not is_free(port):
        raise StackError(f"Port {port} is taken by another program; choose one with PORT.")
    return port


def run_steps() -> None:
    for step in STEPS:
        print(f"manage.py {' '.join(step)}", flush=True)
        done = subprocess.run([sys.executable, "manage.py", *step], check=False)
        if done.returncode:
            raise StackError(f"manage.py {step[0]} failed; the lines above say why.")


def hand_on_media() -> None:
    """Makes the folder of pictures, and names it as the Procfile reads it: a shell follows no
    NAME_FILE."""
    media = Path(read("MEDIA_ROOT") or BASE_DIR / "var" / "media")
    os.environ["MEDIA_ROOT"] = str(media)
    os.environ.pop("MEDIA_ROOT_FILE", None)  # It is read; both of them would be refused.
    (media / "images").mkdir(parents=True, exist_ok=True)


def main() -> int:
    os.chdir(BASE_DIR)
    os.environ["DJANGO_SETTINGS_MODULE"] = "shopsite.settings.production"
    try:
        check_variables()
        check_servers()
        os.environ["PORT"] = str(read_port())
        run_steps()
        hand_on_media()
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    programs = Path(sys.executable).parent
    os.environ["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"
    # Without its own reading of .env: it takes the spaces out of values, and ours is read already.
    honcho = [sys.executable, "-m", "honcho", "start", "--env", os.devnull]
    os.execv(honcho[0], honcho)
    return 0


if __name__ == "__main__":
    sys.exit(main())
