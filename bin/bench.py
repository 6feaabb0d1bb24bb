"""How lists and search do with many products and orders: `make bench`.

Measures a shop of 100 products and one of 10,000 on SQLite, and on PostgreSQL too when bin.services
has found one (TEST_DATABASE_URL). Each time in a database of its own, made for it and dropped
afterwards; the measuring itself is `manage.py bench`. `make bench-orders` does the same with the
desk's list of 1,000 orders and of 100,000 (`manage.py bench_orders`).
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from bin.services import as_database

SETTINGS = "shopsite.settings.test"  # Work in this process, caches in memory, nothing sent.


def main() -> int:
    failed = 0
    with tempfile.TemporaryDirectory(prefix="shop-bench-") as folder:
        failed += measure(f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server.startswith("postgres"):
        print("There is no PostgreSQL here; only SQLite was measured.")
        return failed
    with fresh_database(server) as url:
        failed += measure(url)
    return failed


def measure(url: str) -> int:
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": SETTINGS}
    environment["LOG_LEVEL"] = "WARNING"
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "--verbosity=0"], env=environment, check=True)
    return sum(
        subprocess.run([*manage, command], env=environment, check=False).returncode
        for command in (os.environ.get("ONLY") or "bench").split()
    )


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """The address of an empty database on the server, which is dropped at the end."""
    name = f"shop_bench_{os.getpid()}"
    with psycopg.connect(as_database(server, "postgres"), autocommit=True) as link:
        link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield as_database(server, name)
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            link.execute(drop.format(sql.Identifier(name)))


if __name__ == "__main__":
    sys.exit(main())
