"""What shoppers do to come back: asking by their address, and opening what the mail says."""

import re

from django.core import mail
from django.http import HttpResponse
from django.test import Client

from customers.outbox import OUTBOX
from tests.contact.sending import SAME_ORIGIN, stamp_of

ALICE = "alice@example.com"
BOB = "bob@example.com"
FIND, LOG_IN = "/orders/find/", "/account/log-in/"
KINDS = {FIND: "order_links", LOG_IN: "account_log_in"}


def ask(
    address: str = FIND, email: str = ALICE, *, client: Client | None = None, **changes: str
) -> HttpResponse:
    """Posts one of the two forms, filled in by hand half a minute after it was drawn."""
    data = {"email": email, "stamp": stamp_of(KINDS[address]), **changes}
    return (client or Client()).post(address, data, **SAME_ORIGIN)


def links_in_mail() -> list[str]:
    """The paths in the newest mail, after everything that waits was sent."""
    OUTBOX.process()
    return re.findall(r"http://testserver(/\S+)", mail.outbox[-1].body)


def log_in(client: Client, email: str = ALICE) -> HttpResponse:
    """The whole way, by an address that has ordered something."""
    ask(LOG_IN, email)
    [link] = links_in_mail()
    return client.post(link)
