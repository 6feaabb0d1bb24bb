import os
from collections.abc import Iterator
from typing import Any

import pytest
import stripe

from stripe_sandbox.testing import running_sandbox
from tests.live.key import VARIABLE, KeyRefused, read_key
from tests.sandbox.merchant import connect


@pytest.fixture
def real() -> Any:
    """The SDK's v1 services, pointed at Stripe's test mode."""
    try:
        key = read_key(os.environ)
    except KeyRefused as refusal:
        pytest.fail(str(refusal), pytrace=False)
    if key is None:
        pytest.skip(f"{VARIABLE} is not set, so Stripe itself is not asked.")
    return stripe.StripeClient(key, max_network_retries=2).v1


@pytest.fixture
def played(real: Any) -> Iterator[Any]:
    """The same services, pointed at a sandbox. It is not started when Stripe is not asked."""
    with running_sandbox() as running:
        yield connect(running)
