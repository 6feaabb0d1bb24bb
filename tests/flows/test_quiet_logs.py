"""A whole purchase, with its mails, is told by the logs in numbers alone."""

import io
import logging
from collections.abc import Iterator

import pytest

from customers.tasks import process_customer_outbox
from orders.models import OutgoingEmail
from orders.tasks import process_outbox
from shopsite.log_masking import MaskingFilter
from tests.customers.coming_back import ask
from tests.factories import make_product_page
from tests.flows.shopper import Shopper

PERSONAL = ("alice", "arnold", "gartenweg", "10115", "4930123", "ring twice")
SECRETS = ("sk_test_tests", "whsec_tests")


@pytest.fixture
def logs() -> Iterator[tuple[io.StringIO, io.StringIO]]:
    """What production's handler writes with LOG_LEVEL=DEBUG, and what comes in."""
    masked, raw = io.StringIO(), io.StringIO()
    writing, listening = logging.StreamHandler(masked), logging.StreamHandler(raw)
    writing.addFilter(MaskingFilter())
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.DEBUG)
    root.handlers[:0] = [listening, writing]  # A masked record is masked for all that follow.
    yield masked, raw
    root.removeHandler(listening)
    root.removeHandler(writing)
    root.setLevel(level)


def test_the_logs_of_a_whole_purchase_name_nobody(
    shopper: Shopper, logs: tuple[io.StringIO, io.StringIO], settings: object
) -> None:
    make_product_page("Mug", sku="MUG")
    shopper.contact |= {"phone": "+4930123", "note": "Ring twice"}
    shopper.add("MUG")
    order, session_id = shopper.check_out()
    shopper.come_back(order, session_id)
    shopper.sandbox.pay(session_id)
    shopper.deliver()
    shopper.client.get(order.get_absolute_url())
    assert process_outbox() == 2
    ask()
    assert process_customer_outbox() == 1
    shopper.client.get(f"/orders/{order.token}/nothing-here/")
    logging.getLogger("orders").error("A clerk's plugin wrote: %s %s", order.email, order.full_url)

    masked, raw = (one.getvalue().lower() for one in logs)
    assert OutgoingEmail.objects.filter(state="sent").count() == 2
    assert order.email in raw
    assert order.token.lower() in raw
    for word in (*PERSONAL, *SECRETS, order.token.lower()):
        assert word not in masked, word
    # Names and places have no pattern that a mask could know: they must not come in at all.
    for word in (*PERSONAL[1:], *SECRETS):
        assert word not in raw, word
