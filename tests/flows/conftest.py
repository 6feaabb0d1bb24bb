"""Whole purchases: the real views, the real SDK over HTTP, the sandbox playing Stripe."""

from collections.abc import Iterator

import pytest
from django.test import Client

from checkout.models import ShippingMethod
from home.models import HomePage
from stripe_sandbox.testing import RunningSandbox, running_sandbox
from tests.flows.shopper import Shopper


@pytest.fixture
def sandbox(settings) -> Iterator[RunningSandbox]:
    with running_sandbox(webhook_secret="whsec_tests") as running:
        settings.STRIPE_API_BASE = running.base_url
        settings.STRIPE_WEBHOOK_SECRETS = ["whsec_tests"]
        yield running


@pytest.fixture
def shipping(db: None) -> ShippingMethod:
    return ShippingMethod.objects.create(name="Parcel", price="4.90", free_from="60")


@pytest.fixture
def shopper(
    client: Client, site: HomePage, shipping: ShippingMethod, sandbox: RunningSandbox
) -> Shopper:
    return Shopper(client, sandbox)
