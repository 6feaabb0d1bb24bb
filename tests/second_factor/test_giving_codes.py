"""Between the password and the code nobody is anybody, at every address of the admin."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken

from home.models import HomePage
from tests.home.test_roles_walk import (
    NOT_WALKED,
    admin_addresses,
    make_one_of_everything,
    short_answer,
)
from tests.second_factor.codes import App, give_code, give_password, make_guarded_user

pytestmark = pytest.mark.usefixtures("site")

CODE = "/admin/second-factor/code/"


@pytest.fixture
def backup_codes(site: HomePage) -> list[str]:
    return make_guarded_user()[1]


@pytest.fixture
def half(client: Client, backup_codes: list[str]) -> Client:
    """Ada, whose password was right."""
    assert give_password(client).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_the_password_alone_leads_to_the_code_and_the_code_to_where_one_wanted(
    client: Client, backup_codes: list[str]
) -> None:
    data = {"username": "ada", "password": "password", "next": "/admin/reports/sales/"}
    landed = client.post("/admin/login/", data, follow=True)
    assert landed.request["PATH_INFO"] == CODE
    assert landed.context["next"] == "/admin/reports/sales/"
    assert not is_in(client)
    answer = give_code(client, App().code(), way_on="/admin/reports/sales/")
    assert answer.url == "/admin/reports/sales/"
    assert is_in(client)


@pytest.mark.parametrize(
    "way_on", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_the_code_leads_to_no_other_site(half: Client, way_on: str) -> None:
    assert give_code(half, App().code(), way_on=way_on).url == "/admin/"


def test_the_session_has_another_key_once_the_code_is_given(half: Client) -> None:
    before = half.session.session_key
    give_code(half, App().code())
    assert half.session.session_key != before


def test_a_code_is_good_once(half: Client) -> None:
    code = App().code()
    give_code(half, code)
    thief = Client()
    give_password(thief)
    assert give_code(thief, code).status_code == 200
    assert not is_in(thief)


def test_a_backup_code_is_good_once_and_may_be_written_as_people_write(
    half: Client, backup_codes: list[str]
) -> None:
    written = f" {backup_codes[0][:4].upper()}-{backup_codes[0][4:]} "
    assert give_code(half, written).status_code == 302
    assert is_in(half)
    assert StaticToken.objects.count() == 9
    thief = Client()
    give_password(thief)
    assert give_code(thief, backup_codes[0]).status_code == 200
    assert not is_in(thief)


def test_guesses_have_to_wait_longer_each_time(half: Client, backup_codes: list[str]) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        wrong = "000000" if App().code() != "000000" else "111111"
        assert give_code(half, wrong).status_code == 200
        early = give_code(half, App().code())
        assert early.status_code == 429
        assert early.headers["Retry-After"] == "1"
        assert "Please wait 1 second." in early.content.decode()
        clock.shift(timedelta(seconds=2))
        assert give_code(half, wrong).status_code == 200
        assert give_code(half, wrong).headers["Retry-After"] == "2"
        assert not is_in(half)
        assert give_code(half, backup_codes[0]).status_code == 302, "The paper is not held up."


def test_a_code_of_somebody_else_lets_nobody_in(half: Client) -> None:
    _other, codes = make_guarded_user("bob")
    assert give_code(half, codes[0]).status_code == 200
    assert not is_in(half)


def test_one_may_begin_again_as_somebody_else(half: Client) -> None:
    assert half.get("/admin/second-factor/leave/").status_code == 405
    assert half.post("/admin/second-factor/leave/").url == "/admin/login/"
    assert half.get(CODE).url == "/admin/"
    assert half.get("/admin/login/").status_code == 200


def test_at_every_address_the_password_alone_is_a_stranger(half: Client) -> None:
    make_one_of_everything()
    half.raise_request_exception = False
    stranger = Client(raise_request_exception=False)
    addresses = set(admin_addresses()) - NOT_WALKED
    answers = {address: short_answer(half.get(address)) for address in addresses}
    others = {address for address, answer in answers.items() if answer != "login"}
    differing = {one for one in others if short_answer(stranger.get(one)) != answers[one]}
    assert len(addresses) > 250
    assert reverse("wagtailadmin_home") in addresses
    assert differing == {"/admin/login/"}, "It alone leads on, to the code."
    assert len(others) < 15


def test_scripts_of_the_admin_are_refused_and_not_led_away(half: Client) -> None:
    for address in ("/admin/choose-page/", "/admin/api/main/pages/", "/admin/images/chooser/"):
        answer = half.get(address, headers={"X-Requested-With": "XMLHttpRequest"})
        assert answer.status_code == 403, address


def test_posts_of_the_password_alone_change_nothing(half: Client) -> None:
    for address in ("/admin/account/second-factor/", "/admin/orders/order/export_orders/"):
        assert short_answer(half.post(address, {"password": "password"})) == "login"


def test_the_account_leads_to_the_page_about_it(half: Client) -> None:
    give_code(half, App().code())
    assert "/admin/account/second-factor/" in half.get("/admin/account/").content.decode()
