"""bin/debian.py: which commands it gives, without giving them."""

from collections.abc import Callable

import pytest

from bin import debian
from bin.debian import CannotStart, call, start_service

Record = list[tuple[str, ...]]


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Record:
    """The commands that would have run; `pg_lsclusters` answers with one cluster that is down."""
    record: Record = []

    def note(*arguments: str, environment: dict[str, str] | None = None) -> str:
        record.append(arguments)
        if arguments[0] == "apt-get":
            assert environment is not None
            assert environment["DEBIAN_FRONTEND"] == "noninteractive"
        return "15 main 5433 down postgres /data /log" if arguments[0] == "pg_lsclusters" else ""

    monkeypatch.setattr(debian, "call", note)
    return record


@pytest.fixture
def has_programs(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    def answer(is_there: bool) -> None:
        monkeypatch.setattr(debian.shutil, "which", lambda name: name if is_there else None)

    return answer


def test_missing_package_is_installed_after_an_update(
    commands: Record, has_programs: Callable[[bool], None]
) -> None:
    has_programs(False)

    start_service("chromium")

    assert [command[1] for command in commands] == ["update", "install"]
    assert commands[1][-1] == "chromium"
    assert "--yes" in commands[1]


def test_installed_package_is_only_started(
    commands: Record, has_programs: Callable[[bool], None]
) -> None:
    has_programs(True)

    start_service("rabbitmq")

    assert commands == [("rabbitmq-server", "-detached")]


def test_postgresql_starts_without_systemd_and_gets_a_role(
    commands: Record, has_programs: Callable[[bool], None]
) -> None:
    has_programs(True)

    start_service("postgresql")

    start, make_role = commands[1:]
    assert start == ("pg_ctlcluster", "--skip-systemctl-redirect", "15", "main", "start")
    assert make_role[:4] == ("runuser", "-u", "postgres", "--")
    assert make_role[make_role.index("--port") + 1] == "5433"
    assert "CREATE ROLE shop LOGIN CREATEDB PASSWORD 'shop'" in make_role[-1]


def test_failed_command_says_what_it_printed() -> None:
    with pytest.raises(CannotStart, match=r"sh says: no space left"):
        call("sh", "-c", "echo no space left; exit 1")


def test_command_that_does_not_exist_is_no_crash() -> None:
    with pytest.raises(CannotStart, match="nowhere"):
        call("/nowhere/program")
