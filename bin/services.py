"""The real services that some tests need: finds them, and installs and starts them on Debian.

    python -m bin.services                          says what is there
    python -m bin.services postgresql -- pytest ..  runs a command with the services' addresses set

A service counts as there when a client has really talked to it. The addresses come from
DATABASE_URL, CELERY_BROKER_URL and REDIS_URL, else from the usual local ones, and are handed on as
TEST_DATABASE_URL, TEST_BROKER_URL, TEST_REDIS_URL, TEST_CHROMIUM, TEST_JAVA and TEST_FONTS. With
SERVICES=required a missing service is an error; else the command runs and its tests leave out what
they must.
"""

import os
import shutil
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from kombu import Connection

from bin.debian import CannotStart, is_debian_root, start_service

CONNECT_SECONDS = 3
START_SECONDS = 60
# One name for each checkout, so that two of them can run their tests on one server at once.
DATABASE_NAME = f"shop_{zlib.crc32(str(Path.cwd()).encode()):08x}"


def answers_as_postgresql(url: str) -> bool:
    """Whether the server lets this role in and lets it make the tests' database."""
    try:
        with psycopg.connect(as_database(url, "postgres"), connect_timeout=CONNECT_SECONDS) as link:
            row = link.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error:
        return False
    return row is not None and bool(row[0])


def answers_as_rabbitmq(url: str) -> bool:
    try:
        with Connection(url, connect_timeout=CONNECT_SECONDS) as link:
            link.connect()
    except Exception:  # noqa: BLE001  (each transport has errors of its own, and all mean no)
        return False
    return True


def answers_as_redis(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=CONNECT_SECONDS) as link:
            return bool(link.ping())
    except (redis.RedisError, ValueError):
        return False


def is_program(path: str) -> bool:
    return shutil.which(path) is not None


def is_file(path: str) -> bool:
    return Path(path).is_file()


def as_database(url: str, name: str) -> str:
    """The same server and role, another database."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))


@dataclass(frozen=True)
class Service:
    """`given` is the variable a person sets, `handed_on` the one the tests read."""

    name: str
    title: str
    given: str
    handed_on: str
    schemes: tuple[str, ...]
    usual: tuple[str, ...]
    answers: Callable[[str], bool]

    def candidates(self, environment: Mapping[str, str]) -> Iterable[str]:
        """Where it may be: only where a person says it is, if a person says so."""
        for name in (self.handed_on, self.given):
            url = environment.get(name, "")
            if url.startswith(self.schemes):
                return (url,)
        return self.usual

    def find(self, environment: Mapping[str, str]) -> str | None:
        return next((url for url in self.candidates(environment) if self.answers(url)), None)


SERVICES = (
    Service(
        name="postgresql",
        title="PostgreSQL",
        given="DATABASE_URL",
        handed_on="TEST_DATABASE_URL",
        schemes=("postgres",),
        usual=(
            f"postgresql://shop:shop@127.0.0.1:5432/{DATABASE_NAME}",
            f"postgresql://postgres@127.0.0.1:5432/{DATABASE_NAME}",
            f"postgresql://postgres:postgres@127.0.0.1:5432/{DATABASE_NAME}",
        ),
        answers=answers_as_postgresql,
    ),
    Service(
        name="rabbitmq",
        title="RabbitMQ",
        given="CELERY_BROKER_URL",
        handed_on="TEST_BROKER_URL",
        schemes=("amqp", "pyamqp"),
        usual=("amqp://guest:guest@127.0.0.1:5672//",),
        answers=answers_as_rabbitmq,
    ),
    Service(
        name="redis",
        title="Redis",
        given="REDIS_URL",
        handed_on="TEST_REDIS_URL",
        schemes=("redis", "unix"),
        usual=("redis://127.0.0.1:6379/15",),  # The last database: a developer's own data is in 0.
        answers=answers_as_redis,
    ),
    Service(
        name="chromium",
        title="Chromium",
        given="CHROMIUM",
        handed_on="TEST_CHROMIUM",
        schemes=("/",),
        usual=("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"),
        answers=is_program,
    ),
    Service(
        name="java",
        title="Java",
        given="JAVA",
        handed_on="TEST_JAVA",
        schemes=("/",),
        usual=("/usr/bin/java",),
        answers=is_program,
    ),
    Service(
        # As wide as Arial, like its serif as Times: what stands in for the shop's fonts.
        name="fonts",
        title="Liberation Sans",
        given="LIBERATION_SANS",
        handed_on="TEST_FONTS",
        schemes=("/",),
        usual=("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",),
        answers=is_file,
    ),
)


def wait_for(service: Service, environment: Mapping[str, str]) -> str | None:
    """A server that was started a moment ago may need a while until it answers."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        if url := service.find(environment):
            return url
        if time.monotonic() > deadline:
            return None
        time.sleep(0.5)


def provide(service: Service, environment: Mapping[str, str]) -> str | None:
    """The address of the service, started and installed if this machine lets us; None without."""
    if url := service.find(environment):
        return url
    if service.candidates(environment) != service.usual:
        say(f"{service.title} is not where {service.given} says it is.")
        return None
    if not is_debian_root():
        say(
            f"{service.title} is not there; install or start it, or say where with {service.given}."
        )
        return None
    try:
        start_service(service.name)
    except CannotStart as error:
        say(f"{service.title} could not be started: {error}")
        return None
    return wait_for(service, environment)


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    names, command = split_arguments(arguments)
    known = {service.name: service for service in SERVICES}
    if unknown := [name for name in names if name not in known]:
        say(f"There is no service {unknown[0]!r}; known are {', '.join(known)}.")
        return 2
    environment = dict(os.environ)
    missing = provide_all([known[name] for name in names] or SERVICES, environment)
    if missing and os.environ.get("SERVICES") == "required":
        say(f"Missing, and SERVICES=required: {', '.join(missing)}.")
        return 1
    if missing:
        say(f"Missing: {', '.join(missing)}. Tests that need it are left out.")
    if command:
        os.execvpe(command[0], command, environment)
    return 1 if missing else 0


def provide_all(services: Iterable[Service], environment: dict[str, str]) -> list[str]:
    """Adds the addresses of the services to the environment; returns the titles of the missing."""
    missing: list[str] = []
    for service in services:
        url = provide(service, environment)
        if url is None:
            missing.append(service.title)
            continue
        say(f"{service.title}: {url}")
        environment[service.handed_on] = url
        if service.handed_on == "TEST_DATABASE_URL":
            # Django's own connection in these tests: races are decided by the real database.
            environment["DATABASE_URL"] = url
    return missing


def split_arguments(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The services' names before `--`, and the command behind it."""
    if "--" not in arguments:
        return arguments, []
    place = arguments.index("--")
    return arguments[:place], arguments[place + 1 :]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
