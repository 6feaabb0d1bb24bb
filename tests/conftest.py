import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache

from bin.databases import provide_template
from home.models import HomePage
from tests import indexing
from tests.factories import make_site
from tests.migrated_database import copy_migrated_database

pytest_plugins = ["tests.services_plugin"]

# How long an example takes says more about what else the machine does than about the code.
hypothesis.settings.register_profile("shop", deadline=None)
hypothesis.settings.load_profile("shop")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    check_folders(items)
    serialize_for_transactions(items)


def check_folders(items: list[pytest.Item]) -> None:
    """`make test` looks for the tests with these markers in their own folders only."""
    for item in items:
        is_of_browser = item.get_closest_marker("browser") is not None
        is_of_services = item.get_closest_marker("services") is not None and not is_of_browser
        folder = "browser" if is_of_browser else "services"
        if (is_of_browser or is_of_services) and item.path.parent.name != folder:
            raise pytest.UsageError(f"{item.nodeid} is marked as one of tests/{folder}/.")


def serialize_for_transactions(items: list[pytest.Item]) -> None:
    """After a test with real transactions the tables are empty. One way to go on is to bring back
    what migrations wrote, under the same keys, which tests of pages need. The other is to make the
    content types anew, under other keys. Both in one run do not go together: all take the first."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction"):
            item.fixturenames.append("django_db_serialized_rollback")  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_createdb: bool
) -> Iterator[None]:
    """Tests start from a copy of a migrated database; `--create-db` migrates anew."""
    database = settings.DATABASES["default"]
    if django_db_createdb:
        yield
        return
    if not uses_sqlite():
        if url := os.environ.get("DATABASE_URL"):
            database["TEST"]["TEMPLATE"] = provide_template(url)
        yield
        return
    path = Path(database["TEST"]["NAME"])
    copy_migrated_database(path)
    yield
    for file in (path, *path.parent.glob(f"{path.name}-*")):
        file.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """Of pytest-django: whether to start from the database that is there."""
    return uses_sqlite() or bool(request.config.getvalue("reuse_db"))


def uses_sqlite() -> bool:
    return settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"


@pytest.fixture
def empty_cache() -> None:
    """Nothing is remembered of another test, whose pictures had the same primary keys."""
    cache.clear()


@pytest.fixture
def site(db: None) -> HomePage:
    """The home page of a site with /shop/, /stories/ and /campaigns/."""
    return make_site()


@pytest.fixture
def indexes(settings) -> None:
    """What is saved is at once found by searches, and known as used where it is."""
    settings.TASKS = indexing.AT_ONCE
