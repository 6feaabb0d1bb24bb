"""bin/processes.py: all run or none, and nothing stays behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import os, sys
from bin.processes import Command, run_together
commands = [
    Command(name, ["sh", "-c", script], os.environ)
    for name, script in zip(sys.argv[1::2], sys.argv[2::2])
]
sys.exit(run_together(commands, on_start=lambda: None))
"""


def start(*names_and_scripts: str) -> subprocess.Popen[str]:
    """Runs the shell scripts together in a process of their own; Ctrl-C there cannot hit us."""
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *names_and_scripts],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def wait_for(path: Path) -> int:
    """The process id that a script has written there."""
    deadline = time.monotonic() + 20
    while not path.exists() or not path.read_text().strip():
        assert time.monotonic() < deadline, f"{path.name} was never written"
        time.sleep(0.02)
    return int(path.read_text())


def is_alive(pid: int) -> bool:
    """Whether the process still runs; a zombie that its new parent has not noticed does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def sleeper(pid_file: Path) -> str:
    """A script that starts a child, as a web server starts its workers."""
    return f"sleep 600 & echo $! > {pid_file}.new; mv {pid_file}.new {pid_file}; wait"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_ends_every_process_and_is_no_failure(tmp_path: Path, number: int) -> None:
    running = start("web", sleeper(tmp_path / "web"), "worker", sleeper(tmp_path / "worker"))
    children = [wait_for(tmp_path / "web"), wait_for(tmp_path / "worker")]

    os.kill(running.pid, number)
    output, _ = running.communicate(timeout=20)

    assert running.returncode == 0
    assert output == "Stopping.\n"
    assert [is_alive(child) for child in children] == [False, False]


def test_process_that_fails_ends_the_others_and_is_named(tmp_path: Path) -> None:
    failing = f"while [ ! -s {tmp_path}/worker ]; do sleep 0.05; done; echo no disk >&2; exit 3"
    running = start("web", failing, "worker", sleeper(tmp_path / "worker"))
    child = wait_for(tmp_path / "worker")

    output, _ = running.communicate(timeout=20)

    assert running.returncode == 1
    assert "web    | no disk\n" in output
    assert output.endswith(
        "The process web ended with code 3. Its last words: no disk The others are stopped too.\n"
    )
    assert not is_alive(child)


def test_killed_process_ends_the_others_though_its_child_holds_the_output_open(
    tmp_path: Path,
) -> None:
    web = f"echo $$ > {tmp_path}/leader; {sleeper(tmp_path / 'web')}"
    running = start("web", web, "worker", sleeper(tmp_path / "worker"))
    children = [wait_for(tmp_path / "web"), wait_for(tmp_path / "worker")]

    os.kill(wait_for(tmp_path / "leader"), signal.SIGKILL)
    output, _ = running.communicate(timeout=20)

    assert running.returncode == 1
    assert output.endswith("The process web was killed by SIGKILL. The others are stopped too.\n")
    assert [is_alive(child) for child in children] == [False, False]


def test_second_signal_does_not_wait_for_a_process_that_ignores_the_first(tmp_path: Path) -> None:
    stubborn = f"trap '' TERM; echo $$ > {tmp_path}/web; while :; do sleep 0.1; done"
    running = start("web", stubborn)
    pid = wait_for(tmp_path / "web")
    started = time.monotonic()

    os.kill(running.pid, signal.SIGINT)
    time.sleep(0.5)
    os.kill(running.pid, signal.SIGINT)
    running.communicate(timeout=20)

    assert time.monotonic() - started < 6
    assert not is_alive(pid)


def test_last_words_on_the_way_out_are_not_shown(tmp_path: Path) -> None:
    noisy = (
        f"trap 'echo Traceback; exit 1' TERM; echo $$ > {tmp_path}/web; while :; do sleep 0.1; done"
    )
    running = start("web", noisy)
    wait_for(tmp_path / "web")

    os.kill(running.pid, signal.SIGINT)
    output, _ = running.communicate(timeout=20)

    assert output == "Stopping.\n"
