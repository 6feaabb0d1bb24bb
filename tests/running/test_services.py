"""bin/services.py and the plugin that leaves tests out: what is there is found by talking to it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bin import services
from bin.services import SERVICES, Service, as_database, provide, split_arguments
from tests import services_plugin

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[2]
CLOSED = {
    "DATABASE_URL": "postgresql://shop@127.0.0.1:1/shop",
    "CELERY_BROKER_URL": "amqp://guest@127.0.0.1:1//",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "CHROMIUM": "/nowhere/chromium",
    "JAVA": "/nowhere/java",
    "LIBERATION_SANS": "/nowhere/LiberationSans-Regular.ttf",
}


def make_service(answering: str) -> Service:
    return Service(
        name="redis",
        title="Redis",
        given="REDIS_URL",
        handed_on="TEST_REDIS_URL",
        schemes=("redis",),
        usual=("redis://first", "redis://second"),
        answers=lambda url: url == answering,
    )


def test_first_usual_address_that_answers_is_taken() -> None:
    assert make_service("redis://second").find({}) == "redis://second"


def test_given_address_is_the_only_one_that_is_tried() -> None:
    service = make_service("redis://second")

    assert service.find({"REDIS_URL": "redis://given"}) is None
    assert make_service("redis://given").find({"REDIS_URL": "redis://given"}) == "redis://given"


def test_address_of_another_kind_of_server_is_passed_over() -> None:
    postgresql = next(service for service in SERVICES if service.name == "postgresql")

    assert postgresql.candidates({"DATABASE_URL": "sqlite:///shop.sqlite3"}) == postgresql.usual


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_closed_port_is_no_service(service: Service) -> None:
    assert not service.answers(CLOSED[service.given])


def test_server_that_was_named_is_never_started_for_a_person(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[str] = []
    monkeypatch.setattr(services, "is_debian_root", lambda: True)
    monkeypatch.setattr(services, "start_service", started.append)

    assert provide(make_service("none"), {"REDIS_URL": "redis://given"}) is None
    assert started == []
    assert capsys.readouterr().err == "Redis is not where REDIS_URL says it is.\n"


def test_without_root_a_missing_server_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[str] = []
    monkeypatch.setattr(services, "is_debian_root", lambda: False)
    monkeypatch.setattr(services, "start_service", started.append)

    assert provide(make_service("none"), {}) is None
    assert started == []
    assert capsys.readouterr().err == (
        "Redis is not there; install or start it, or say where with REDIS_URL.\n"
    )


def test_database_of_an_address_is_replaced() -> None:
    assert as_database("postgresql://a:b@host:1/shop?x=1", "postgres") == (
        "postgresql://a:b@host:1/postgres?x=1"
    )


def test_command_stands_behind_two_dashes() -> None:
    assert split_arguments(["redis", "--", "pytest", "--", "x"]) == (
        ["redis"],
        ["pytest", "--", "x"],
    )
    assert split_arguments(["redis"]) == (["redis"], [])


def run_services(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")}
    return subprocess.run(
        [sys.executable, "-m", "bin.services", *arguments],
        cwd=ROOT,
        env={**clean, **CLOSED, "SERVICES": "", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_command_runs_without_its_service() -> None:
    done = run_services("redis", "--", "sh", "-c", "echo ran; echo ${TEST_REDIS_URL-unset}")

    assert done.stdout == "ran\nunset\n"
    assert done.stderr.endswith("Missing: Redis. Tests that need it are left out.\n")
    assert done.returncode == 0


def test_required_service_that_is_missing_is_a_failure() -> None:
    done = run_services("redis", "--", "echo", "ran", SERVICES="required")

    assert done.stdout == ""
    assert done.stderr.endswith("Missing, and SERVICES=required: Redis.\n")
    assert done.returncode == 1


def test_found_service_is_handed_on(tmp_path: Path) -> None:
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)

    done = run_services("chromium", "--", "sh", "-c", "echo $TEST_CHROMIUM", CHROMIUM=str(browser))

    assert done.stdout == f"{browser}\n"
    assert done.returncode == 0


def test_unknown_service_is_refused() -> None:
    done = run_services("oracle", "--", "echo", "ran")

    assert done.stdout == ""
    assert done.returncode == 2


MARKED = """
import pytest

@pytest.mark.services("redis")
def test_cache(): pass

@pytest.mark.services
def test_all_servers(): pass

@pytest.mark.browser
def test_page(): pass

def test_plain(): pass
"""


@pytest.fixture
def marked_tests(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Tests that need services, run with this project's plugin and none of the services."""
    for name in (
        "TEST_DATABASE_URL",
        "TEST_BROKER_URL",
        "TEST_REDIS_URL",
        "TEST_CHROMIUM",
        "TEST_JAVA",
        "TEST_FONTS",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("SERVICES", raising=False)
    monkeypatch.setattr(services_plugin, "USUAL_PLACES", {})
    pytester.makepyfile(MARKED)
    pytester.makeini("[pytest]\nmarkers =\n    services\n    browser\n")
    return pytester


ARGUMENTS = ("-p", "tests.services_plugin", "-p", "no:django", "-p", "no:randomly")


def test_tests_without_their_service_are_left_out_and_counted(
    marked_tests: pytest.Pytester,
) -> None:
    result = marked_tests.runpytest_inprocess(*ARGUMENTS)

    result.assert_outcomes(passed=1, skipped=3)
    result.stdout.fnmatch_lines(["Left out 1 test, because not there: redis."])
    result.stdout.fnmatch_lines(["Left out 1 test, because not there: chromium."])


def test_test_with_its_service_runs(
    marked_tests: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_REDIS_URL", "redis://127.0.0.1/15")

    result = marked_tests.runpytest_inprocess(*ARGUMENTS)

    result.assert_outcomes(passed=2, skipped=2)


def test_required_services_turn_left_out_tests_into_errors(
    marked_tests: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVICES", "required")

    result = marked_tests.runpytest_inprocess(*ARGUMENTS)

    result.assert_outcomes(passed=1, errors=3)
    assert result.ret == 1
