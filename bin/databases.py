"""Databases of a PostgreSQL server that a command makes for itself and drops at its end."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from bin.demo_environment import ROOT
from bin.services import DATABASE_NAME, as_database

FOLLOWS_FROM = ("*/migrations/*.py", "shopsite/*/migrations/*.py", "constraints.txt")


@contextmanager
def fresh_database(server: str, name: str, *, template: str = "template1") -> Iterator[str]:
    """The address of a new database on the server, a copy of `template`, which is dropped at the
    end."""
    with psycopg.connect(as_database(server, "postgres"), autocommit=True) as link:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        link.execute(drop)
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        link.execute(make.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield as_database(server, name)
        finally:
            link.execute(drop)


def provide_template(server: str) -> str:
    """The name of a migrated database without content, to be copied. It is made once, which takes
    half a minute, and stays on the server until a migration or a package changes."""
    family = f"{DATABASE_NAME}_template"
    name = f"{family}_{_digest()}"
    unfinished = f"{family}_{os.getpid()}"
    with psycopg.connect(as_database(server, "postgres"), autocommit=True) as link:
        if link.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            return name
        _drop_all(link, family)
        with fresh_database(server, unfinished) as url:
            _migrate(url)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            link.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))
    return name


def _drop_all(link: psycopg.Connection[Any], family: str) -> None:
    """Those of this checkout that nothing is copied from any more."""
    old = link.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (family,))
    for (name,) in old.fetchall():
        drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
        link.execute(drop)


def _migrate(url: str) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "shopsite.settings.test",
        "LOG_LEVEL": "WARNING",
    }
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)


def _digest() -> str:
    """Of all that the tables follow from."""
    digest = hashlib.sha256()
    for pattern in FOLLOWS_FROM:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]
