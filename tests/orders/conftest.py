"""Who looks at orders."""

import pytest
from django.test import Client

from home.granting import create_roles
from tests.factories import make_user


@pytest.fixture
def clerk(db: None, client: Client) -> Client:
    """A browser of somebody from the shop's staff."""
    create_roles()
    client.force_login(make_user("clerk", group="Shop staff"))
    return client
