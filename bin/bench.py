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
from pathlib import Path

from bin.databases import fresh_database

SETTINGS = "shopsite.settings.test"  # Work in this process, caches in memory, nothing sent.


def main() -> int:
    failed = 0
    with tempfile.TemporaryDirectory(prefix="shop-bench-") as folder:
        failed += measure(f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server.startswith("postgres"):
        print("There is no PostgreSQL here; only SQLite was measured.")
        return failed
    with fresh_database(server, f"shop_bench_{os.getpid()}") as url:
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


if __name__ == "__main__":
    sys.exit(main())
