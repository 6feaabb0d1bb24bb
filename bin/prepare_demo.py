"""Migrates the demo's database and loads its content, with one start of Django.

Idempotent: `load_demo` leaves content that is there alone. Called by bin/demo.py, which sets the
environment and reads the log-ins from standard output, as JSON; all else goes to standard error.
"""

import json
import sys
from importlib import import_module
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    django.setup()
    is_first = not Path(settings.DATABASES["default"]["NAME"]).exists()
    note = "; the first time takes a minute" if is_first else ""
    print(f"Preparing the shop{note}.", file=sys.stderr, flush=True)
    call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)
    # What it reports is said again, with the addresses, when the shop answers.
    call_command("load_demo", stdout=StringIO())
    # Models cannot be imported before Django is set up.
    people = import_module("home.demo.people").DEMO_PEOPLE
    json.dump([[each.username, each.password, each.role] for each in people], sys.stdout)


if __name__ == "__main__":
    main()
