"""Reads the environment: an optional .env file beside manage.py, and NAME_FILE for each secret."""

import os
from collections.abc import Mapping
from pathlib import Path

import environ
from environ.fileaware_mapping import FileAwareMapping

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"
FILE = "_FILE"


class CannotStart(SystemExit):
    """Ends whatever process reads the settings, with status 1 and its text as the last words: no
    traceback, whether that is a web server, a worker, beat or a command."""


class SecretFiles(FileAwareMapping):
    """The environment, in which NAME can also be the content of the file that NAME_FILE names.

    The end of the file's last line is no part of it, since editors and `echo` write one. Raises
    CannotStart when the file cannot be read, and when both are set: a password that was changed in
    one of the two places must not go on being the old one.
    """

    def __getitem__(self, key: str) -> str:
        if key not in self.files_cache and (path := self.env.get(key + FILE)):
            self.files_cache[key] = read_secret(key, path, self.env)
        value: str = super().__getitem__(key)
        return value


def read_secret(name: str, path: str, environment: Mapping[str, str]) -> str:
    """What the file says. An empty NAME, as .env.example has some, counts as not set."""
    if environment.get(name):
        raise CannotStart(f"{name} and {name}{FILE} are both set; keep one of them.")
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not a text"
        raise CannotStart(f"{name}{FILE} names {path}, which cannot be read: {reason}.") from None
    return text.rstrip("\r\n")


class FileAwareEnv(environ.Env):
    ENVIRON = SecretFiles()


env = FileAwareEnv()
# The tests and the demo stay away from the servers that a machine's .env names.
is_test = os.environ.get("DJANGO_SETTINGS_MODULE") == "shopsite.settings.test"
if env.bool("READ_DOT_ENV", default=not is_test):
    environ.Env.read_env(BASE_DIR / ".env")
