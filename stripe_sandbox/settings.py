"""How one sandbox runs: addresses, secrets and patience. Frozen, and read from no global."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from stripe_sandbox.errors import SandboxRefusal

DEFAULT_PORT = 12111
DEFAULT_WEBHOOK_URL = "http://127.0.0.1:8000/checkout/webhook/"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything a running sandbox needs to know.

    ``webhook_url`` None means that events are recorded and listed but go only to the endpoints that
    the API was asked for.
    ``webhook_wait`` is how long a payer waits, in seconds, for the shop to hear of the payment.
    """

    database: Path
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    webhook_url: str | None = None
    webhook_secret: str = ""
    merchant_name: str = "Demo merchant"
    webhook_wait: float = 2.0
    webhook_timeout: float = 10.0
    retry_base: float = 1.0
    retry_limit: float = 6 * 3600.0
    retry_for: float = 3 * 24 * 3600.0
    sweep_interval: float = 1.0

    def __post_init__(self) -> None:
        if not is_loopback(self.host):
            raise SandboxRefusal(
                f"The sandbox listens on this machine only: {self.host} is not a loopback address."
            )
        if self.webhook_url is not None:
            check_webhook_url(self.webhook_url)
            if not self.webhook_secret.strip():
                raise SandboxRefusal("A webhook URL needs a webhook secret to sign with.")

    @property
    def base_url(self) -> str:
        """The address of the API and of the payment pages, without a final slash."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def is_loopback(host: str) -> bool:
    """Whether ``host`` can only mean this machine. Names other than localhost are not looked up."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_webhook_url(url: str) -> None:
    """Refuses a webhook address that is not http(s) on this machine."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise SandboxRefusal(f"The webhook URL {url} cannot be read: {error}.") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise SandboxRefusal(f"The webhook URL {url} must begin with http:// or https://.")
    if not is_loopback(host):
        raise SandboxRefusal(
            f"The sandbox sends webhooks to this machine only: {host} is not a loopback address."
        )
