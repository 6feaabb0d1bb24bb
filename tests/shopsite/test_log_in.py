"""The log-in of the staff cannot be tried out: who guesses is stopped, and learns nothing."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth import SESSION_KEY
from django.core.management import call_command
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from shopsite.log_in import MOST_FOR_NAME, MOST_FROM_ADDRESS, UNKNOWN
from tests.factories import make_user

pytestmark = pytest.mark.usefixtures("site", "empty_cache")

LIMIT = 5


@pytest.fixture(autouse=True)
def ada(site: None) -> None:
    make_user("ada", is_superuser=True)


def try_password(
    password: str, *, name: str = "ada", address: str = "192.0.2.1", client: Client | None = None
) -> HttpResponse:
    data = {"username": name, "password": password, "next": "/admin/"}
    return (client or Client()).post("/admin/login/", data, REMOTE_ADDR=address)


def guess(times: int, *, name: str = "ada", address: str = "192.0.2.1") -> list[int]:
    return [try_password("wrong", name=name, address=address).status_code for _ in range(times)]


def fail(number: int, *, name: str, address: str) -> None:
    """So many failures from before, written down at once."""
    AccessAttempt.objects.create(
        username=name, ip_address=address, user_agent="x", failures_since_start=number
    )


def is_let_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and SESSION_KEY in response.client.session


def test_the_fifth_wrong_password_closes_the_door_also_for_the_right_one() -> None:
    assert guess(LIMIT) == [200, 200, 200, 200, 429]
    answer = try_password("password")
    assert answer.status_code == 429
    assert not is_let_in(answer)
    assert answer.headers["Retry-After"] == "900"
    assert "Please wait 15 minutes and try again." in answer.content.decode()


def test_the_door_opens_again_after_its_time_and_not_before() -> None:
    guess(LIMIT)
    soon, late = timedelta(minutes=14), timedelta(minutes=16)
    with time_machine.travel(timezone.now() + soon):
        assert not is_let_in(try_password("password"))
    with time_machine.travel(timezone.now() + late):
        assert is_let_in(try_password("password"))


def test_somebody_else_at_another_address_is_not_held_up() -> None:
    guess(LIMIT)
    assert is_let_in(try_password("password", address="198.51.100.7"))


def test_a_name_that_nobody_has_is_answered_like_one_that_somebody_has() -> None:
    def answers(name: str, address: str) -> list[tuple[int, bytes]]:
        found = []
        for _number in range(LIMIT + 1):
            response = try_password("wrong", name=name, address=address)
            page = response.content.replace(name.encode(), b"NAME")
            found.append((response.status_code, without_tokens(page)))
        return found

    assert answers("ada", "192.0.2.1") == answers("bob", "192.0.2.2")


def without_tokens(page: bytes) -> bytes:
    lines = page.splitlines()
    return b"\n".join(line for line in lines if b"csrf" not in line.lower())


def test_one_address_cannot_try_many_names() -> None:
    for number in range(MOST_FROM_ADDRESS - 1):
        fail(1, name=f"somebody{number}", address="192.0.2.1")
    assert guess(1, name="last") == [429]
    assert not is_let_in(try_password("password"))
    assert is_let_in(try_password("password", address="192.0.2.2"))


def test_where_no_client_is_known_a_guesser_locks_one_name_and_not_the_whole_staff(
    settings: Settings,
) -> None:
    settings.TRUSTED_PROXIES = 1  # And none of them says who asks.
    for number in range(MOST_FROM_ADDRESS):
        fail(1, name=f"somebody{number}", address=UNKNOWN)
    assert guess(LIMIT, name="bob")[-1] == 429
    assert is_let_in(try_password("password"))


def test_many_addresses_cannot_try_one_name() -> None:
    for number in range(MOST_FOR_NAME):
        fail(1, name="ada", address=f"198.51.100.{number}")
    assert not is_let_in(try_password("password", address="203.0.113.1"))


def test_an_account_of_ones_own_does_not_clear_guesses_at_anothers() -> None:
    make_user("bob", is_superuser=True)
    assert guess(LIMIT - 1) == [200] * 4
    assert is_let_in(try_password("password", name="bob"))
    assert guess(1) == [429]


def test_a_log_in_forgets_ones_own_failures() -> None:
    guess(LIMIT - 1)
    assert is_let_in(try_password("password"))
    assert guess(1) == [200]


def test_behind_a_proxy_the_clients_are_told_apart_and_cannot_make_addresses_up(
    settings: Settings,
) -> None:
    settings.TRUSTED_PROXIES = 1

    def ask(forwarded: str, password: str = "wrong") -> HttpResponse:
        data = {"username": "ada", "password": password}
        headers = {"X-Forwarded-For": forwarded}
        return Client().post("/admin/login/", data, headers=headers, REMOTE_ADDR="10.0.0.1")

    statuses = [ask(f"203.0.113.{n}, 192.0.2.1").status_code for n in range(LIMIT)]
    assert statuses == [200, 200, 200, 200, 429]
    assert ask("203.0.113.99, 192.0.2.1", "password").status_code == 429
    assert ask("198.51.100.7", "password").status_code == 302


def test_clients_without_a_believable_address_are_one_client(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 2
    assert guess(LIMIT, address="10.0.0.1")[-1] == 429
    assert not is_let_in(try_password("password", address="10.0.0.2"))


def test_while_failures_cannot_be_counted_nobody_is_let_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr("axes.handlers.database.AccessAttempt.objects.filter", broken)
    client = Client(raise_request_exception=False)
    assert try_password("password", client=client).status_code == 500
    assert SESSION_KEY not in client.session


def test_a_person_is_unlocked_by_a_command() -> None:
    guess(LIMIT)
    call_command("axes_reset_username", "ada")
    assert is_let_in(try_password("password"))


def test_what_is_counted_holds_no_password_and_ends() -> None:
    try_password("s3cret-guess")
    [row] = AccessAttempt.objects.all()
    assert "s3cret-guess" not in f"{row.post_data}{row.get_data}"
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        try_password("password")
    assert not AccessAttempt.objects.exists()
