"""The files that say how the shop runs: they agree with the settings and with each other."""

import ast
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from celery.bin.celery import celery as celery_command
from granian.cli import cli as granian_command
from honcho.environ import parse_procfile

ROOT = Path(__file__).resolve().parents[2]
# For the tests and the demo alone; nobody writes it into .env.
NOT_FOR_DOT_ENV = {"READ_DOT_ENV"}


def names_in_settings() -> set[str]:
    """The first argument of every env("NAME") and env.kind("NAME") in the settings."""
    names = set()
    for path in (ROOT / "shopsite" / "settings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            function, argument = node.func, node.args[0]
            owner = function.value if isinstance(function, ast.Attribute) else function
            if (
                isinstance(owner, ast.Name)
                and owner.id == "env"
                and isinstance(argument, ast.Constant)
            ):
                names.add(argument.value)
    return names


def names_in_procfile() -> set[str]:
    return set(re.findall(r"\$\{?([A-Z_]+)", (ROOT / "Procfile").read_text()))


def example_lines() -> list[str]:
    return (ROOT / ".env.example").read_text().splitlines()


def names_in_example() -> list[str]:
    return [found[1] for line in example_lines() if (found := re.match(r"(?:# )?([A-Z_]+)=", line))]


def test_example_names_every_variable_that_is_read_and_no_other() -> None:
    names = names_in_example()

    assert sorted(names) == sorted(set(names))
    assert set(names) == (names_in_settings() | names_in_procfile()) - NOT_FOR_DOT_ENV


def test_example_explains_every_variable() -> None:
    lines = example_lines()
    unexplained = [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if re.match(r"(# )?[A-Z_]+=", line)
        and not re.match(r"# .*\.$|(# )?WEB_(WORKERS|THREADS)=|# .*12111$", before)
    ]

    assert unexplained == []


def procfile() -> dict[str, list[str]]:
    """The arguments of each process of the Procfile, with the defaults of its variables."""
    commands: dict[str, str] = parse_procfile((ROOT / "Procfile").read_text()).processes
    return {
        name: shlex.split(re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", command).replace("$PORT", "8000"))
        for name, command in commands.items()
    }


def test_procfile_runs_the_four_processes() -> None:
    assert list(procfile()) == ["web", "worker", "beat", "flower"]


def test_granian_understands_the_web_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "var" / "media" / "images").mkdir(parents=True)
    program, *arguments = procfile()["web"]

    parameters = granian_command.make_context("granian", arguments).params

    assert program == "granian"
    assert parameters["app"] == "shopsite.wsgi:application"
    assert parameters["interface"].value == "wsgi"
    assert parameters["port"] == 8000


def test_media_of_the_web_process_are_pictures_only() -> None:
    """Documents lie in the same folder, and Wagtail decides who may read one."""
    web = procfile()["web"]

    assert web[web.index("--static-path-route") + 1] == "/media/images"
    assert web[web.index("--static-path-mount") + 1] == "var/media/images"
    assert web.count("--static-path-mount") == 1


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_celery_understands_its_processes(name: str) -> None:
    program, *arguments = procfile()[name]
    place = arguments.index(name)
    command = celery_command.commands[name]

    # Parsed without running the callbacks, which would load the application.
    parser = command.make_parser(command.context_class(command))
    values, rest, _order = parser.parse_args(arguments[place + 1 :])

    assert program == "celery"
    assert arguments[:place] == ["--app", "shopsite"]
    assert values["loglevel"] == "INFO"
    assert rest == []


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return loaded


def test_compose_runs_the_processes_of_the_procfile() -> None:
    services = compose()["services"]

    run = {name: services[name]["command"][-1] for name in ("web", "worker", "beat")}

    assert run == {"web": "web", "worker": "worker", "beat": "beat"}
    assert set(run) < set(procfile())
    assert set(services) == {*run, "migrate", "postgres", "rabbitmq", "redis"}


def test_compose_waits_for_services_and_mounts_volumes_that_it_has() -> None:
    loaded = compose()
    for service in loaded["services"].values():
        for name, wish in service.get("depends_on", {}).items():
            awaited = loaded["services"][name]
            if wish["condition"] == "service_healthy":
                assert "test" in awaited["healthcheck"]
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in loaded["volumes"]


def test_compose_points_the_shop_at_its_own_servers() -> None:
    loaded = compose()
    environment = loaded["services"]["web"]["environment"]

    hosts = {name: re.split(r"[@/]+", environment[name]) for name in environment}

    assert "postgres:5432" in hosts["DATABASE_URL"]
    assert "rabbitmq:5672" in hosts["CELERY_BROKER_URL"]
    assert "redis:6379" in hosts["REDIS_URL"]


def test_image_is_built_from_the_pinned_packages() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()

    assert "--requirement requirements.txt --constraint constraints.txt" in dockerfile
    assert "DJANGO_SETTINGS_MODULE=shopsite.settings.production" in dockerfile
    assert ".env" in (ROOT / ".dockerignore").read_text().splitlines()


def test_every_requirement_is_pinned_and_frozen() -> None:
    frozen = (ROOT / "constraints.txt").read_text().lower().replace("_", "-").splitlines()
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text().splitlines():
            requirement = line.partition("#")[0].strip()
            if requirement and not requirement.startswith("-r"):
                plain = re.sub(r"\[.*?\]", "", requirement).lower().replace("_", "-")
                assert plain in frozen


def test_make_alone_lists_every_target() -> None:
    listed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    phony = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[0].split()

    targets = re.findall(r"^make (\S+) +\S", listed, re.MULTILINE)

    assert targets == [name for name in phony if name not in {"help", "runtime", "tools"}]
    assert len(listed.splitlines()) == len(targets)
