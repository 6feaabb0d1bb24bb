import pytest

from home.models import HomePage


@pytest.fixture(autouse=True)
def shop(site: HomePage, empty_cache: None) -> None:
    """A site, and nobody has asked for anything yet."""
