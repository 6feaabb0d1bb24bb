"""A database with every migration and the pages of a site in it, made once and copied: making it
takes half a minute, and those pages a tenth of a second in each of some thousand tests.

It lies under var/tests/ and is named after all that it follows from, so that a changed migration
makes a new one.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "tests"
FOLLOWS_FROM = (
    "*/migrations/*.py",
    "shopsite/*/migrations/*.py",
    "constraints.txt",
    "tests/prepare_database.py",
    "tests/site_tree.py",
)


def copy_migrated_database(target: Path) -> None:
    """Writes an SQLite database with all migrations and the site of tests.site_tree. Processes that
    come at the same time wait for the one that makes it. Raises RuntimeError when it fails."""
    with _lock():
        source = FOLDER / f"migrated-{_digest()}.sqlite3"
        if not source.exists():
            _make(source)
    shutil.copyfile(source, target)


def _make(path: Path) -> None:
    for old in FOLDER.glob("migrated-*"):
        old.unlink()
    unfinished = FOLDER / "unfinished.sqlite3"
    unfinished.unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.prepare_database"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "shopsite.settings.test",
            "DATABASE_URL": f"sqlite:///{unfinished}",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"No database could be made:\n{done.stdout}")
    unfinished.rename(path)


def _digest() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for pattern in FOLLOWS_FROM:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _lock() -> Iterator[None]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
