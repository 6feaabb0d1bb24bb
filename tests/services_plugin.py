"""Leaves out tests whose service is not there, and says at the end how many and why.

`bin/services.py` finds the services and hands their addresses on. A test names what it needs:
`@pytest.mark.services("postgresql")`, or no name at all for all three servers. With
SERVICES=required nothing is left out: such a test fails.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

ADDRESSES = {
    "postgresql": "TEST_DATABASE_URL",
    "rabbitmq": "TEST_BROKER_URL",
    "redis": "TEST_REDIS_URL",
    "chromium": "TEST_CHROMIUM",
    "java": "TEST_JAVA",
    "fonts": "TEST_FONTS",
}
SERVERS = ("postgresql", "rabbitmq", "redis")
# Debian's own programs need no address, so that plain `pytest -m browser` finds them as well.
USUAL_PLACES = {
    "chromium": Path("/usr/bin/chromium"),
    "java": Path("/usr/bin/java"),
    "fonts": Path("/usr/share/fonts/truetype/liberation"),
}
PREFIX = "Service not there: "


def needed_services(item: pytest.Item) -> list[str]:
    """The names of the services that the test's markers ask for."""
    names: list[str] = []
    for marker in item.iter_markers("services"):
        names += marker.args or SERVERS
    if item.get_closest_marker("browser"):
        names.append("chromium")
    return names


def is_there(name: str) -> bool:
    if name in USUAL_PLACES and USUAL_PLACES[name].exists():
        return True
    return bool(os.environ.get(ADDRESSES[name]))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    missing = [name for name in needed_services(item) if not is_there(name)]
    if not missing:
        return
    reason = PREFIX + ", ".join(sorted(set(missing)))
    if os.environ.get("SERVICES") == "required":
        pytest.fail(f"{reason} (and SERVICES=required)", pytrace=False)
    pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        if isinstance(report.longrepr, tuple) and PREFIX in report.longrepr[2]:
            reasons[report.longrepr[2].partition(PREFIX)[2]] += 1
    for names, count in reasons.items():
        tests = "1 test" if count == 1 else f"{count} tests"
        terminalreporter.write_line(f"Left out {tests}, because not there: {names}.")
