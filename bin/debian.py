"""Installs and starts servers on Debian as root, with or without systemd. Only for tests."""

import os
import shutil
import subprocess
from pathlib import Path

PACKAGES = {
    "postgresql": ("pg_ctlcluster", "postgresql"),
    "rabbitmq": ("rabbitmq-server", "rabbitmq-server"),
    "redis": ("redis-server", "redis-server"),
    "chromium": ("chromium", "chromium"),
    "java": ("java", "default-jre-headless"),
    # No program, so it is installed whenever the font was not found.
    "fonts": ("/usr/share/fonts/truetype/liberation", "fonts-liberation"),
}
COMMAND_SECONDS = 600
CREATE_ROLE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shop') THEN
    CREATE ROLE shop LOGIN CREATEDB PASSWORD 'shop';
  END IF;
END $$
"""


class CannotStart(Exception):
    """Why a service cannot be had here, as a sentence."""


def is_debian_root() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def start_service(name: str) -> None:
    """Installs the package when its program is missing, and starts the server.

    Returns before the server answers. Raises CannotStart with what the command printed.
    """
    program, package = PACKAGES[name]
    if shutil.which(program) is None:
        install_package(package)
    starters = {
        "postgresql": start_postgresql,
        "rabbitmq": start_rabbitmq,
        "redis": start_redis,
    }
    if name in starters:
        starters[name]()


def install_package(package: str) -> None:
    print(f"Installing {package} with apt-get.", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call("apt-get", "update", "--quiet=2", environment=environment)
    install = ("apt-get", "install", "--quiet=2", "--yes", "--no-install-recommends", package)
    call(*install, environment=environment)


def start_postgresql() -> None:
    """Starts the first cluster, and makes a role `shop` there that may create databases."""
    clusters = call("pg_lsclusters", "--no-header").split("\n")
    if not clusters[0]:
        raise CannotStart("PostgreSQL has no cluster; pg_createcluster makes one.")
    version, cluster, port, status, *_rest = clusters[0].split()
    if not status.startswith("online"):
        call("pg_ctlcluster", "--skip-systemctl-redirect", version, cluster, "start")
    psql = ("psql", "--quiet", "--no-psqlrc", "--port", port, "--dbname", "postgres")
    call("runuser", "-u", "postgres", "--", *psql, "--command", CREATE_ROLE)


def start_rabbitmq() -> None:
    call("rabbitmq-server", "-detached")


def start_redis() -> None:
    call("redis-server", "--daemonize", "yes", "--save", "", "--appendonly", "no")


def call(*arguments: str, environment: dict[str, str] | None = None) -> str:
    """What the command printed; CannotStart when it failed."""
    try:
        done = subprocess.run(
            arguments,
            env=environment,
            cwd=Path("/"),  # Other users cannot always read the folder we are called from.
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotStart(str(error)) from error
    if done.returncode:
        raise CannotStart(f"{arguments[0]} says: {done.stdout.strip()[-500:]}")
    return done.stdout.strip()
