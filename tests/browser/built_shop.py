"""Database and pictures of the shop under test, made once in a run of the tests and copied for each
of its processes: making them takes longer than anything else before the first test.
"""

import fcntl
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bin.demo_environment import Addresses, make_environment

ROOT = Path(__file__).resolve().parent.parent.parent
DATABASE = "shop.sqlite3"
STAGE = "stage.json"
NOWHERE = Addresses(port=80, sandbox_port=80)  # Nobody serves what is only copied.


def make_shop_environment(addresses: Addresses, folder: Path) -> dict[str, str]:
    return {
        **make_environment(addresses, os.environ),
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DEBUG": "0",
        "SHOP_FOLDER": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "MEDIA_ROOT": str(folder / "media"),
        "PRIVATE_ROOT": str(folder / "private"),
    }


def build_shop_once(shared: Path) -> Path:
    """The folder of the shop, below `shared`. Processes that come at the same time wait for the
    one that makes it. Raises RuntimeError when it cannot be made."""
    built, unfinished = shared / "built-shop", shared / "unfinished-shop"
    with _lock(shared):
        if not built.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            _build(unfinished)
            unfinished.rename(built)
    return built


def copy_built_shop(built: Path, folder: Path, addresses: Addresses) -> dict[str, str]:
    """A shop of its own at these addresses; returns where tests.browser.stage put its pages."""
    shutil.copytree(built, folder, dirs_exist_ok=True)
    with closing(sqlite3.connect(folder / DATABASE)) as connection, connection:
        connection.execute("UPDATE wagtailcore_site SET port = ?", (addresses.port,))
    stage: dict[str, str] = json.loads((folder / STAGE).read_text(encoding="utf-8"))
    return stage


def _build(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.build_shop"],
        env=make_shop_environment(NOWHERE, folder),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The shop under test could not be made:\n{done.stdout}")
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        # The file alone holds everything then.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    with (folder / "built-shop-lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
