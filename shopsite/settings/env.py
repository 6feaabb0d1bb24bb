"""Reads the environment: an optional .env file beside manage.py, and NAME_FILE for each secret."""

import os
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.FileAwareEnv()
# The tests and the demo stay away from the servers that a machine's .env names.
is_test = os.environ.get("DJANGO_SETTINGS_MODULE") == "shopsite.settings.test"
if env.bool("READ_DOT_ENV", default=not is_test):
    environ.Env.read_env(BASE_DIR / ".env")
