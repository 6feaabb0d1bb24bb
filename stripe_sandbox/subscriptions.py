"""Which webhook endpoints an event goes to, and where and with which secret to reach one."""

from stripe_sandbox.posting import Target
from stripe_sandbox.settings import Settings
from stripe_sandbox.storage import Records

GIVEN = ""
"""Stands for the endpoint of the settings where others have their id: what is pending goes to the
address that is configured now, so that a shop that moved to another port hears of everything."""

_ALL_EVENTS = "*"


def list_subscribed(records: Records, settings: Settings, event_type: str) -> list[str]:
    """The endpoints that are enabled and want events of this type, in the order of their making."""
    given = [] if settings.webhook_url is None else [GIVEN]
    return given + [
        endpoint["id"]
        for endpoint in records.list_all("webhook_endpoint", newest_first=False)
        if endpoint["status"] == "enabled"
        and not {_ALL_EVENTS, event_type}.isdisjoint(endpoint["enabled_events"])
    ]


def find_target(records: Records, settings: Settings, endpoint_id: str) -> Target | None:
    """How to reach an endpoint; None for one that is disabled, deleted or not configured."""
    if endpoint_id == GIVEN:
        url, secret = settings.webhook_url, settings.webhook_secret
        return None if url is None else Target(url, secret, settings.webhook_timeout)
    endpoint = records.find("webhook_endpoint", endpoint_id)
    if endpoint is None or endpoint["status"] != "enabled":
        return None
    secret = records.private(endpoint_id)["secret"]
    return Target(endpoint["url"], secret, settings.webhook_timeout)


def list_addresses(records: Records, settings: Settings) -> list[str]:
    """Where events go now, each address once."""
    given = [] if settings.webhook_url is None else [settings.webhook_url]
    enabled = [
        endpoint["url"]
        for endpoint in records.list_all("webhook_endpoint", newest_first=False)
        if endpoint["status"] == "enabled"
    ]
    return list(dict.fromkeys(given + enabled))


def describe_endpoint(records: Records, settings: Settings, endpoint_id: str) -> str:
    """The address of an endpoint, for people."""
    if endpoint_id == GIVEN:
        return settings.webhook_url or "no address at present"
    endpoint = records.find("webhook_endpoint", endpoint_id)
    return "a deleted endpoint" if endpoint is None else str(endpoint["url"])
