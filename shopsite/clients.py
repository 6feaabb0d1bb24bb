"""Who is calling, as far as it can be known honestly, and how often.

An address is never stored: what the counters keep is a keyed digest of it, for some minutes.
"""

import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

IPV6_NETWORK = 64  # What one connection is given; the rest of the address it chooses by itself.


def client_address(request: HttpRequest) -> str:
    """The address of the client, or "" if there is none to be believed.

    Anybody can write an X-Forwarded-For header. Only what our own proxies put at its end counts,
    and `TRUSTED_PROXIES` says how many there are; with none the header is not looked at.
    """
    claimed = request.META.get("REMOTE_ADDR", "")
    hops = settings.TRUSTED_PROXIES
    if hops:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        claimed = forwarded[-hops] if len(forwarded) >= hops else ""
    return _network_of(claimed.strip())


def client_digest(request: HttpRequest) -> str:
    """Stands for the client without telling the address; "" when that is not known."""
    address = client_address(request)
    return salted_hmac("shopsite.clients", address).hexdigest()[:32] if address else ""


def is_too_often(request: HttpRequest, *, what: str, limit: int, seconds: int) -> bool:
    """Counts this call of `what`; True from the first above `limit` in a window of `seconds`.

    Without a cache that answers, or an address, nobody is held up.
    """
    key = _counter(request, what, seconds)
    if not key:
        return False
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) > limit
    except ValueError:
        return False


def seconds_left(seconds: int) -> int:
    """Until the window ends that is counted in now."""
    return seconds - int(time.time()) % seconds


def _counter(request: HttpRequest, what: str, seconds: int) -> str:
    digest = client_digest(request)
    return f"often:{what}:{digest}:{int(time.time()) // seconds}" if digest else ""


def _network_of(text: str) -> str:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False))
    return str(address)
