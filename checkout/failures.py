"""What is said of an error, in the inbox and in the log, without repeating anybody's data."""

import traceback

from checkout import gateway

OWN_PACKAGES = ("checkout", "orders", "products", "shopsite")


def failure_words(error: Exception) -> str:
    """Its kind and the last place of ours that it passed. Only the gateway's own errors are
    quoted, which hold nothing but Stripe's code."""
    if isinstance(error, (gateway.GatewayUnavailable, gateway.GatewayRejected)):
        return f"{type(error).__name__}: {error}"
    places = [
        f"{frame.f_globals['__name__']}.{frame.f_code.co_name}"
        for frame, _line in traceback.walk_tb(error.__traceback__)
    ]
    own = [place for place in places if place.startswith(OWN_PACKAGES)]
    return f"{type(error).__name__} in {own[-1] if own else places[-1]}"


def failure_report(error: Exception) -> str:
    """For the log: the way to the error, and its kind, but not its words. A database quotes the row
    that it refused in them, with all that a shopper has told us."""
    return "".join(traceback.format_tb(error.__traceback__)) + failure_words(error)
