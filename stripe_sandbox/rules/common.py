"""Rules that several parameters share: lengths, e-mail addresses, URLs, metadata, amounts."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from stripe_sandbox.errors import InvalidParameter
from stripe_sandbox.money import MAXIMUM_AMOUNT, format_amount, is_supported, minor_step

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def not_played(param: str) -> InvalidParameter:
    """The refusal of what Stripe knows and the sandbox does not."""
    return InvalidParameter(
        f"Stripe knows the parameter {param}, but this sandbox does not play it.", param=param
    )


def missing(param: str, why: str = "") -> InvalidParameter:
    """The refusal of a request without ``param``."""
    return InvalidParameter(
        f"Missing required param: {param}.{why}", param=param, code="parameter_missing"
    )


def check_lengths(params: Mapping[str, Any], longest: Mapping[str, int], path: str = "") -> None:
    """Refuses a string that is longer than its limit."""
    for name, limit in longest.items():
        value = params.get(name, "")
        if len(value) > limit:
            param = f"{path}[{name}]" if path else name
            raise InvalidParameter(
                f"Invalid string: must be at most {limit} characters, got {len(value)}.",
                param=param,
            )


def is_absolute_url(url: str) -> bool:
    """Whether ``url`` names a web page by scheme and host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in url


def check_email(email: str, param: str) -> None:
    """Refuses what cannot be an e-mail address."""
    if not _EMAIL.fullmatch(email):
        raise InvalidParameter(f"Invalid email address: {email}", param=param, code="email_invalid")


def check_metadata(metadata: Mapping[str, str], path: str) -> None:
    """At most 50 keys of at most 40 characters with values of at most 500."""
    if len(metadata) > 50:
        raise InvalidParameter("Metadata can have up to 50 keys.", param=path)
    for key, value in metadata.items():
        if len(key) > 40:
            raise InvalidParameter(
                f"Metadata keys can have up to 40 characters, got {len(key)}: {key}", param=path
            )
        if len(value) > 500:
            raise InvalidParameter(
                f"Metadata values can have up to 500 characters, got {len(value)}.",
                param=f"{path}[{key}]",
            )


def check_amount(amount: int, currency: str, path: str, name: str) -> None:
    """Refuses an amount that is negative, too large or finer than the currency's coins."""
    if not is_supported(currency):
        raise InvalidParameter(
            f"Invalid currency: {currency}. It must be a three-letter ISO code in lower case.",
            param=f"{path}[currency]",
        )
    if amount < 0:
        raise InvalidParameter(
            "This value must be greater than or equal to 0.",
            param=f"{path}[{name}]",
            code="parameter_invalid_integer",
        )
    if amount > MAXIMUM_AMOUNT:
        raise InvalidParameter(
            f"Amount must be no more than {format_amount(MAXIMUM_AMOUNT, currency)}.",
            param=f"{path}[{name}]",
            code="amount_too_large",
        )
    if amount % minor_step(currency):
        raise InvalidParameter(
            f"Amounts in {currency} must be multiples of {minor_step(currency)}.",
            param=f"{path}[{name}]",
            code="parameter_invalid_integer",
        )
