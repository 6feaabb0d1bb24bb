"""Migrates the database of DATABASE_URL and builds the site in it; see tests.migrated_database."""

import sys
from importlib import import_module

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    # Models cannot be imported before Django is set up.
    import_module("tests.site_tree").build_site()


if __name__ == "__main__":
    sys.exit(main())
