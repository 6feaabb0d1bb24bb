"""bin/install.sh: which Python it takes, what it says when there is none, when it installs."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the files that the installer reads, and no .venv."""
    (tmp_path / "requirements.txt").write_text("Django==5.2\n")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\npytest==9\n")
    (tmp_path / "constraints.txt").write_text("Django==5.2\n")
    return tmp_path


def install(
    checkout: Path, requirements: str = "requirements.txt", python: str = ""
) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin"}
    if python:
        environment["PYTHON"] = python
    return subprocess.run(
        ["sh", str(ROOT / "bin" / "install.sh"), requirements],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def write_program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(0o755)
    return path


def write_pip(checkout: Path, exit_code: int = 0) -> Path:
    """A .venv whose Python is new enough and only writes down how pip was called."""
    calls = checkout / "pip-calls"
    calls.touch()
    write_program(
        checkout / ".venv" / "bin" / "python",
        f'if [ "$2" = pip ]; then echo "$@" >> {calls}; exit {exit_code}; fi\n',
    )
    return calls


def test_python_that_is_too_old_is_one_sentence(checkout: Path) -> None:
    old = write_program(
        checkout / "python3.9",
        'if [ "$1" = --version ]; then echo "Python 3.9.2"; else exit 1; fi\n',
    )

    done = install(checkout, python=str(old))

    assert done.returncode == 1
    assert done.stderr == (
        f"Python 3.11 or newer is needed, but {old} is Python 3.9.2;"
        " install it or name one with PYTHON=/path/to/python3.\n"
    )
    assert not (checkout / ".venv").exists()


def test_missing_python_is_one_sentence(checkout: Path) -> None:
    done = install(checkout, python="python-of-nowhere")

    assert done.returncode == 1
    assert done.stderr == (
        "Python 3.11 or newer is needed, and there is no python-of-nowhere;"
        " install it or name one with PYTHON=/path/to/python3.\n"
    )
    assert not (checkout / ".venv").exists()


def test_missing_venv_module_is_one_sentence(checkout: Path) -> None:
    bare = write_program(
        checkout / "python3.11", 'case "$2" in *ensurepip*) exit 1 ;; esac\necho "Python 3.11.2"\n'
    )

    done = install(checkout, python=str(bare))

    assert done.returncode == 1
    assert done.stderr == (
        "Python's venv module is missing; install it"
        " (on Debian and Ubuntu: apt install python3-venv) and run make again.\n"
    )
    assert not (checkout / ".venv").exists()


def test_packages_are_installed_once(checkout: Path) -> None:
    calls = write_pip(checkout)

    first, second = install(checkout), install(checkout)

    assert (first.returncode, second.returncode) == (0, 0)
    assert len(calls.read_text().splitlines()) == 1
    assert "--requirement requirements.txt --constraint constraints.txt" in calls.read_text()
    assert second.stdout == ""


@pytest.mark.parametrize("changed", ["requirements.txt", "constraints.txt"])
def test_changed_file_is_installed_again(checkout: Path, changed: str) -> None:
    calls = write_pip(checkout)
    install(checkout)
    with (checkout / changed).open("a") as file:
        file.write("celery==5.7\n")

    install(checkout)

    assert len(calls.read_text().splitlines()) == 2


def test_tools_bring_what_the_shop_needs(checkout: Path) -> None:
    calls = write_pip(checkout)
    install(checkout, "requirements-dev.txt")

    install(checkout, "requirements.txt")

    assert len(calls.read_text().splitlines()) == 1


def test_failed_installation_is_tried_again(checkout: Path) -> None:
    write_pip(checkout, exit_code=1)
    failed = install(checkout)
    calls = write_pip(checkout)
    calls.write_text("")

    again = install(checkout)

    assert failed.returncode == 1
    assert failed.stderr == (
        "The packages of requirements.txt could not be installed; pip says why above.\n"
    )
    assert again.returncode == 0
    assert len(calls.read_text().splitlines()) == 1
