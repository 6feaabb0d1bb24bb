"""What production refuses to start with, and secrets that come from files."""

import secrets
from pathlib import Path
from typing import Any

import pytest

from shopsite.settings.env import CannotStart, FileAwareEnv, SecretFiles
from shopsite.settings.refusals import is_guessable, refusals, start_or_refuse

GOOD: dict[str, Any] = {
    "DEBUG": False,
    "SECRET_KEY": "Zk3vX9_pQ-7wLmT2rB8nYc5dHj1sGf6aUe4iOq0xKtVbNhMyRz",
    "ALLOWED_HOSTS": ["shop.test"],
    "SITE_URL": "https://shop.test",
    "STRIPE_SECRET_KEY": "sk_live_1",
    "STRIPE_API_BASE": "",
    "STRIPE_WEBHOOK_SECRETS": ["whsec_1", "whsec_2"],
    "LIVE": True,
    "SQLITE": False,
    "STAFF_SECOND_FACTOR": "required",
    "CLIENT_LIMIT_FACTOR": 1,
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}
SQLITE = {"default": {"ENGINE": "django.db.backends.sqlite3"}}


def test_a_shop_that_takes_money_starts() -> None:
    assert refusals(GOOD) == []
    start_or_refuse(GOOD)


@pytest.mark.parametrize(
    "changes",
    [
        {"STRIPE_SECRET_KEY": "rk_test_1", "LIVE": False, "SITE_URL": "http://localhost:8000"},
        {"STRIPE_SECRET_KEY": "sk_test_1", "LIVE": False, "STRIPE_API_BASE": "http://127.0.0.1:1"},
        {"STRIPE_SECRET_KEY": "rk_live_1", "LIVE": False},
        {"DATABASES": SQLITE, "SQLITE": True},
    ],
)
def test_a_trial_with_test_keys_and_a_wanted_sqlite_start_too(changes: dict[str, Any]) -> None:
    assert refusals({**GOOD, **changes}) == []


@pytest.mark.parametrize(
    ("changes", "begins"),
    [
        ({"DEBUG": True}, "DEBUG is on"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "only-for-development-" + "0" * 40}, "SECRET_KEY is one that everybody"),
        ({"SECRET_KEY": "Django-insecure-" + "8f2kd" * 10}, "SECRET_KEY is one that everybody"),
        ({"SECRET_KEY": GOOD["SECRET_KEY"][:49]}, "SECRET_KEY has 49 characters; it needs 50"),
        ({"SECRET_KEY": "x" * 60}, "SECRET_KEY is easy to guess"),
        ({"SECRET_KEY": "0123456789" * 6}, "SECRET_KEY is easy to guess"),
        ({"SECRET_KEY": "correct-horse-battery" * 3}, "SECRET_KEY is easy to guess"),
        ({"ALLOWED_HOSTS": []}, "ALLOWED_HOSTS is not set"),
        ({"STAFF_SECOND_FACTOR": "always"}, "STAFF_SECOND_FACTOR is neither optional nor"),
        ({"CLIENT_LIMIT_FACTOR": 0}, "CLIENT_LIMIT_FACTOR is below 1"),
        ({"ALLOWED_HOSTS": ["shop.test", "*"]}, "ALLOWED_HOSTS is *"),
        ({"SITE_URL": ""}, "SITE_URL is not set"),
        ({"SITE_URL": "http://shop.test"}, "SITE_URL must be an https:// address for a live key"),
        ({"STRIPE_SECRET_KEY": ""}, "STRIPE_SECRET_KEY is not set"),
        ({"STRIPE_SECRET_KEY": "pk_live_1"}, "STRIPE_SECRET_KEY is no key of Stripe's"),
        ({"STRIPE_SECRET_KEY": "sk_test_1"}, "LIVE is on, and STRIPE_SECRET_KEY is a test key"),
        ({"STRIPE_SECRET_KEY": "rk_test_1"}, "LIVE is on, and STRIPE_SECRET_KEY is a test key"),
        ({"STRIPE_API_BASE": "http://127.0.0.1:1"}, "STRIPE_API_BASE is set with a live key"),
        ({"STRIPE_WEBHOOK_SECRETS": []}, "STRIPE_WEBHOOK_SECRETS is not set"),
        ({"STRIPE_WEBHOOK_SECRETS": ["whsec_1", "sk_1"]}, "STRIPE_WEBHOOK_SECRETS holds something"),
        ({"DATABASES": SQLITE}, "DATABASE_URL names no server"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}, "EMAIL_URL names"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "EMAIL_URL names"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}, "EMAIL_URL names"),
    ],
)
def test_production_refuses_in_one_sentence(changes: dict[str, Any], begins: str) -> None:
    (sentence,) = refusals({**GOOD, **changes})

    assert sentence.startswith(begins)
    assert not any(secret in sentence for secret in ("sk_1", "sk_live_1", "Zk3vX9"))


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(SystemExit) as error:
        start_or_refuse({**GOOD, "DEBUG": True, "ALLOWED_HOSTS": []})

    assert str(error.value).splitlines()[0] == "Production does not start with these settings:"
    assert len(str(error.value).splitlines()) == 3


def test_keys_that_are_made_as_we_say_are_never_called_guessable() -> None:
    made = [secrets.token_urlsafe(50) for _number in range(300)]
    made += [secrets.token_hex(32) for _number in range(300)]

    assert [key for key in made if is_guessable(key)] == []


# --- Secrets in files ------------------------------------------------------------------------


def env_of(environment: dict[str, str]) -> FileAwareEnv:
    env = FileAwareEnv()
    env.ENVIRON = SecretFiles(environment)
    return env


@pytest.mark.parametrize(
    "name",
    [
        "SECRET_KEY",
        "STRIPE_SECRET_KEY",
        "CELERY_BROKER_URL",
        "REDIS_URL",
        "SEARCH_URL",
        "SENTRY_DSN",
    ],
)
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_secret_comes_from_a_file_without_the_end_of_its_line(
    tmp_path: Path, name: str, end: str
) -> None:
    file = tmp_path / "secret"
    file.write_bytes(f" s3cret with = and # {end}".encode())

    assert env_of({f"{name}_FILE": str(file)})(name) == " s3cret with = and # "


def test_lists_databases_and_mail_servers_come_from_files_too(tmp_path: Path) -> None:
    values = {
        "STRIPE_WEBHOOK_SECRETS": "whsec_1,whsec_2\n",
        "DATABASE_URL": "postgresql://shop:p4ss@db:5432/shop\n",
        "EMAIL_URL": "smtp+tls://shop:p4ss@mail:587\n",
    }
    for name, value in values.items():
        (tmp_path / name).write_text(value)
    env = env_of({f"{name}_FILE": str(tmp_path / name) for name in values})

    assert env.list("STRIPE_WEBHOOK_SECRETS") == ["whsec_1", "whsec_2"]
    assert env.db("DATABASE_URL")["NAME"] == "shop"
    assert env.email("EMAIL_URL")["EMAIL_PORT"] == 587


def test_a_secret_file_that_is_missing_is_one_sentence(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    with pytest.raises(CannotStart) as error:
        env_of({"SECRET_KEY_FILE": str(missing)})("SECRET_KEY", default="")

    sentence = f"SECRET_KEY_FILE names {missing}, which cannot be read: No such file or directory."
    assert str(error.value) == sentence


def test_a_secret_that_is_said_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("new")
    twice = {"SECRET_KEY_FILE": str(file), "SECRET_KEY": "old"}
    with pytest.raises(CannotStart) as error:
        env_of(twice)("SECRET_KEY")

    assert str(error.value) == "SECRET_KEY and SECRET_KEY_FILE are both set; keep one of them."
    assert env_of({**twice, "SECRET_KEY": ""})("SECRET_KEY") == "new"
