"""For tests that must come out the same on both databases."""

import pytest

ON_SQLITE = pytest.param("sqlite", id="sqlite")
ON_POSTGRESQL = pytest.param(
    "postgresql", id="postgresql", marks=pytest.mark.services("postgresql")
)
on_both_databases = pytest.mark.parametrize("database", [ON_SQLITE, ON_POSTGRESQL], indirect=True)
on_sqlite = pytest.mark.parametrize("database", [ON_SQLITE], indirect=True)
on_postgresql = pytest.mark.parametrize("database", [ON_POSTGRESQL], indirect=True)
