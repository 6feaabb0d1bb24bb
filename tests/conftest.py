import pytest
from django.core.cache import cache

from home.models import HomePage
from tests.factories import make_site

pytest_plugins = ["tests.services_plugin"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """After a test with real transactions the tables are empty. One way to go on is to bring back
    what migrations wrote, under the same keys, which tests of pages need. The other is to make the
    content types anew, under other keys. Both in one run do not go together: all take the first."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction"):
            item.fixturenames.append("django_db_serialized_rollback")  # type: ignore[attr-defined]


@pytest.fixture
def empty_cache() -> None:
    """Nothing is remembered of another test, whose pictures had the same primary keys."""
    cache.clear()


@pytest.fixture
def site(db: None) -> HomePage:
    """The home page of a site with /shop/, /stories/ and /campaigns/."""
    return make_site()
