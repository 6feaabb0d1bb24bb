"""Where the parts of a demo are, and the environment that each of its processes gets.

Nothing here reads .env: a demo must never load its content into the database of a real shop.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bin.ports import is_free, parse_port

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
WEBHOOK_SECRET = "whsec_sandbox"  # noqa: S105  (the sandbox's, worth nothing elsewhere)
TEST_KEYS = ("sk_test_", "rk_test_")


class DemoError(Exception):
    """Why the demo cannot start, in words for the person who called it."""


@dataclass(frozen=True)
class Addresses:
    port: int
    sandbox_port: int

    @property
    def shop(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def sandbox(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port}"

    @property
    def webhook(self) -> str:
        return f"http://127.0.0.1:{self.port}/checkout/webhook/"


@dataclass(frozen=True)
class StripeAccess:
    """How the shop reaches Stripe: with somebody's own test keys, or at the sandbox."""

    secret_key: str
    webhook_secrets: str
    api_base: str

    @property
    def is_sandbox(self) -> bool:
        return bool(self.api_base)


def read_stripe_access(environment: Mapping[str, str], addresses: Addresses) -> StripeAccess:
    """From STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRETS; DemoError for keys of real money."""
    key = environment.get("STRIPE_SECRET_KEY", "")
    if not key:
        return StripeAccess("sk_test_sandbox", WEBHOOK_SECRET, addresses.sandbox)
    if not key.startswith(TEST_KEYS):
        raise DemoError(
            "STRIPE_SECRET_KEY is no test key; the demo takes sk_test_... or rk_test_... only."
        )
    secrets = environment.get("STRIPE_WEBHOOK_SECRETS", "")
    if not secrets:
        raise DemoError(
            "STRIPE_WEBHOOK_SECRETS is missing; it is what this prints: "
            f"stripe listen --forward-to {addresses.webhook}"
        )
    return StripeAccess(key, secrets, "")


def read_addresses(environment: Mapping[str, str]) -> Addresses:
    """The ports from PORT and SANDBOX_PORT; DemoError when one is wrong or taken."""
    try:
        addresses = Addresses(
            parse_port("PORT", environment.get("PORT") or "8000"),
            parse_port("SANDBOX_PORT", environment.get("SANDBOX_PORT") or "12111"),
        )
    except ValueError as error:
        raise DemoError(str(error)) from error
    if addresses.port == addresses.sandbox_port:
        raise DemoError(f"PORT and SANDBOX_PORT are both {addresses.port}; they must differ.")
    for name, port in (("PORT", addresses.port), ("SANDBOX_PORT", addresses.sandbox_port)):
        if not is_free(port):
            free = next(number for number in range(port + 1, 65536) if is_free(number))
            raise DemoError(
                f"Port {port} is taken by another program; stop it, or run: make demo {name}={free}"
            )
    return addresses


def make_environment(addresses: Addresses, inherited: Mapping[str, str]) -> dict[str, str]:
    """The environment of every process of the demo. DEBUG=1 and test keys of Stripe's may be
    given; the rest is fixed."""
    stripe = read_stripe_access(inherited, addresses)
    fixed = {
        "READ_DOT_ENV": "0",
        "DJANGO_SETTINGS_MODULE": "shopsite.settings.dev",
        "DEBUG": inherited.get("DEBUG") or "0",
        "LOG_LEVEL": inherited.get("LOG_LEVEL") or "WARNING",
        "SITE_URL": addresses.shop,
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "DATABASE_URL": f"sqlite:///{VAR / 'shop.sqlite3'}",
        "MEDIA_ROOT": str(VAR / "media"),
        "PRIVATE_ROOT": str(VAR / "private"),
        "CELERY_BROKER_URL": "",
        "REDIS_URL": "",
        "EMAIL_URL": "",
        "STRIPE_SECRET_KEY": stripe.secret_key,
        "STRIPE_WEBHOOK_SECRETS": stripe.webhook_secrets,
        "STRIPE_API_BASE": stripe.api_base,
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
    }
    # A NAME_FILE of this machine would name what was just fixed a second time.
    rest = {
        name: value for name, value in inherited.items() if name.removesuffix("_FILE") not in fixed
    }
    return {**rest, **fixed}
