"""Reads the environment: an optional .env file beside manage.py, and NAME_FILE for each secret."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.FileAwareEnv()
environ.Env.read_env(BASE_DIR / ".env")
