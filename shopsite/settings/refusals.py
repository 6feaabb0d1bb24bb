"""What production refuses to start with, as a pure function of its settings."""

from collections import Counter
from collections.abc import Mapping
from math import log2
from typing import Any

from shopsite.settings.env import CannotStart

SHORTEST_KEY = 50
# Of a key in hexadecimal digits, which has the fewest, hardly one in a million is below these.
FEWEST_CHARACTERS = 10
LEAST_BITS_A_CHARACTER = 3.0
KNOWN_KEYS = ("django-insecure-", "only-for-development", "change-me", "changeme")
TEST_KEYS = ("sk_test_", "rk_test_")
LIVE_KEYS = ("sk_live_", "rk_live_")
WEBHOOK_SECRET = "whsec_"  # noqa: S105  (what each begins with)
DELIVERS_NOTHING = ("filebased", "console", "dummy", "locmem")


def start_or_refuse(settings: Mapping[str, Any]) -> None:
    """Raises CannotStart with a sentence for each thing that is wrong."""
    found = refusals(settings)
    if found:
        lines = "\n".join(f"- {text}" for text in found)
        raise CannotStart(f"Production does not start with these settings:\n{lines}")


def refusals(settings: Mapping[str, Any]) -> list[str]:
    """A sentence for each thing that is wrong, in the order of .env.example; empty if all is well.
    None of them repeats a secret."""
    return [text for find in FINDERS if (text := find(settings))]


def _second_factor(settings: Mapping[str, Any]) -> str:
    if settings["STAFF_SECOND_FACTOR"] in ("optional", "required"):
        return ""
    return "STAFF_SECOND_FACTOR is neither optional nor required."


def _limits(settings: Mapping[str, Any]) -> str:
    if settings["CLIENT_LIMIT_FACTOR"] >= 1:
        return ""
    return "CLIENT_LIMIT_FACTOR is below 1: nobody could buy anything."


def _debug(settings: Mapping[str, Any]) -> str:
    if not settings["DEBUG"]:
        return ""
    return "DEBUG is on: its error pages show settings and the data of shoppers. Leave it out."


def _secret_key(settings: Mapping[str, Any]) -> str:
    key = settings["SECRET_KEY"]
    how = 'Make one with: python -c "import secrets; print(secrets.token_urlsafe(50))"'
    if not key:
        return f"SECRET_KEY is not set. {how}"
    if key.lower().startswith(KNOWN_KEYS):
        return f"SECRET_KEY is one that everybody knows. {how}"
    if len(key) < SHORTEST_KEY:
        return f"SECRET_KEY has {len(key)} characters; it needs {SHORTEST_KEY}. {how}"
    return f"SECRET_KEY is easy to guess: it repeats itself. {how}" if is_guessable(key) else ""


def is_guessable(key: str) -> bool:
    """Whether a key consists of few characters, or of one word over and over."""
    counts = Counter(key)
    bits = -sum(count / len(key) * log2(count / len(key)) for count in counts.values())
    is_periodic = key in (key + key)[1:-1]
    return len(counts) < FEWEST_CHARACTERS or bits < LEAST_BITS_A_CHARACTER or is_periodic


def _hosts(settings: Mapping[str, Any]) -> str:
    hosts = settings["ALLOWED_HOSTS"]
    if not hosts:
        return "ALLOWED_HOSTS is not set: the shop would answer to no name."
    if "*" in hosts:
        return "ALLOWED_HOSTS is *, which anybody's name would do for. Name the shop's own."
    return ""


def _stripe(settings: Mapping[str, Any]) -> str:
    key, address = settings["STRIPE_SECRET_KEY"], settings["SITE_URL"]
    if not address.startswith(("https://", "http://")):
        return "SITE_URL is not set: links in mails would lead nowhere."
    if not key:
        return "STRIPE_SECRET_KEY is not set: nothing could be paid."
    if not key.startswith(TEST_KEYS + LIVE_KEYS):
        return "STRIPE_SECRET_KEY is no key of Stripe's; those begin with sk_ or rk_."
    if key.startswith(TEST_KEYS):
        is_live = settings["LIVE"]
        return "LIVE is on, and STRIPE_SECRET_KEY is a test key: no money moves." if is_live else ""
    if settings["STRIPE_API_BASE"]:
        return "STRIPE_API_BASE is set with a live key, which the stand-in would get. Leave it out."
    if not address.startswith("https://"):
        return "SITE_URL must be an https:// address for a live key of Stripe's."
    return ""


def _webhook_secrets(settings: Mapping[str, Any]) -> str:
    secrets = settings["STRIPE_WEBHOOK_SECRETS"]
    if not secrets:
        return "STRIPE_WEBHOOK_SECRETS is not set: no payment could ever be confirmed."
    if not all(secret.startswith(WEBHOOK_SECRET) for secret in secrets):
        return "STRIPE_WEBHOOK_SECRETS holds something that does not begin with whsec_."
    return ""


def _database(settings: Mapping[str, Any]) -> str:
    is_sqlite = settings["DATABASES"]["default"]["ENGINE"].endswith("sqlite3")
    if not is_sqlite or settings["SQLITE"]:
        return ""
    return (
        "DATABASE_URL names no server, so orders would be kept in a file of SQLite's. "
        "If that is what you want, say SQLITE=1."
    )


def _mail(settings: Mapping[str, Any]) -> str:
    if not any(name in settings["EMAIL_BACKEND"] for name in DELIVERS_NOTHING):
        return ""
    return (
        "EMAIL_URL names no mail server: mails would reach nobody. "
        "It looks like smtp+tls://user:password@mail.example.org:587."
    )


FINDERS = (
    _debug,
    _secret_key,
    _hosts,
    _stripe,
    _webhook_secrets,
    _database,
    _mail,
    _second_factor,
    _limits,
)
