import pytest

from home.models import HomePage
from tests.factories import make_site

pytest_plugins = ["tests.services_plugin"]


@pytest.fixture
def site(db: None) -> HomePage:
    """The home page of a site with /shop/, /stories/ and /campaigns/."""
    return make_site()
