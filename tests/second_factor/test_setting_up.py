"""How somebody gets a second factor, has it taken away, and must have one."""

import re

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings
from wagtail.models import ModelLogEntry

from home.granting import create_roles
from home.roles import EDITORS, SHOP_STAFF
from shopsite.second_factor import devices
from shopsite.second_factor.checks import check_rule
from shopsite.second_factor.steps import SET_UP as SET_UP_FIRST
from shopsite.second_factor.steps import next_step
from tests.factories import make_user
from tests.second_factor.codes import App, give_code, give_password, make_guarded_user

pytestmark = pytest.mark.usefixtures("site")

SET_UP = "/admin/second-factor/set-up/"
ACCOUNT = "/admin/account/second-factor/"


def key_on(page: str) -> str:
    found = re.search(r'login-key">([A-Z2-7 ]+)<', page)
    assert found
    return found.group(1)


def history() -> list[tuple[str, str]]:
    rows = ModelLogEntry.objects.filter(action__startswith="second_factor").order_by("pk")
    return [(row.action, row.user.username if row.user else "") for row in rows]


def test_a_person_sets_it_up_and_the_codes_of_the_paper_are_shown_once(client: Client) -> None:
    make_user("ada", is_superuser=True)
    give_password(client)
    page = client.get(SET_UP)
    html = page.content.decode()
    app = App(client.session["second_factor_key"])
    assert len(key_on(html)) == 39
    assert html.count("<svg") == 1
    assert "no-store" in page.headers["Cache-Control"]
    assert client.get(SET_UP).content.decode().count(key_on(html)) == 1, "Looking again moves it."
    assert TOTPDevice.objects.count() == 0
    made = client.post(SET_UP, {"code": app.code(), "password": "password"})
    codes = re.findall(r"<code>(\w{8})</code>", made.content.decode())
    assert len(set(codes)) == 10
    assert "no-store" in made.headers["Cache-Control"]
    assert client.get("/admin/").status_code == 200, "Who set it up is in."
    account = client.get(ACCOUNT).content.decode()
    assert "10 backup codes are left." in account
    assert not [code for code in codes if code in account]
    assert client.get(SET_UP).url == ACCOUNT
    assert history() == [("second_factor.set_up", "ada")]


@pytest.mark.parametrize("code", ["000000", "", "abcdef", "１２３４５６", "12345"])
def test_a_wrong_code_sets_nothing_up(client: Client, code: str) -> None:
    client.force_login(make_user("ada", is_superuser=True))
    client.get(SET_UP)
    assert client.post(SET_UP, {"code": code, "password": "password"}).status_code == 200
    assert TOTPDevice.objects.count() == 0
    assert StaticToken.objects.count() == 0


@pytest.mark.parametrize("password", ["wrong", ""])
def test_nobody_sets_one_up_at_a_desk_without_the_password(client: Client, password: str) -> None:
    """They would be in, and the person whose desk it is locked out."""
    client.force_login(make_user("ada", is_superuser=True))
    client.get(SET_UP)
    code = App(client.session["second_factor_key"]).code()
    refused = client.post(SET_UP, {"code": code, "password": password})
    assert list(refused.context["form"].errors) == ["password"]
    assert (TOTPDevice.objects.count(), StaticToken.objects.count()) == (0, 0)
    assert history() == []


def test_guessing_the_password_there_counts_as_a_log_in_too(client: Client) -> None:
    client.force_login(make_user("ada", is_superuser=True))
    client.get(SET_UP)
    form = {"code": App(client.session["second_factor_key"]).code(), "password": "x"}
    tries = [client.post(SET_UP, form).status_code for _number in range(5)]
    assert tries == [200] * 4 + [429]
    assert client.post(SET_UP, form | {"password": "password"}).status_code == 429
    assert TOTPDevice.objects.count() == 0


def test_two_windows_at_once_set_one_up() -> None:
    user, codes = make_guarded_user()
    with pytest.raises(devices.AlreadySetUp):
        devices.set_up(user, key=App().key, text=App().code())
    assert devices.verify_code(user, codes[0]) is not None


def test_other_windows_are_asked_for_a_code_from_then_on(client: Client) -> None:
    user = make_user("ada", is_superuser=True)
    other = Client()
    for each in (client, other):
        each.force_login(user)
    client.get(SET_UP)
    code = App(client.session["second_factor_key"]).code()
    client.post(SET_UP, {"code": code, "password": "password"})
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302


def test_strangers_and_customers_set_nothing_up(client: Client) -> None:
    assert client.get(SET_UP).url == "/admin/login/"
    client.force_login(make_user("guest"))
    assert client.get(SET_UP).url == "/admin/login/"
    assert "second_factor_key" not in client.session


@pytest.fixture
def let_in(client: Client) -> Client:
    make_guarded_user()
    give_password(client)
    give_code(client, App().code())
    return client


def test_it_is_taken_away_with_the_password_alone(let_in: Client) -> None:
    wrong = let_in.post(ACCOUNT, {"take_away": "", "password": "wrong"})
    assert "This is not your password." in wrong.content.decode()
    assert TOTPDevice.objects.count() == 1
    let_in.post(ACCOUNT, {"take_away": "", "password": "password"})
    assert (TOTPDevice.objects.count(), StaticToken.objects.count()) == (0, 0)
    assert let_in.get("/admin/").status_code == 200
    assert history()[-1] == ("second_factor.take_away", "ada")


def test_a_superuser_takes_their_own_away_where_it_asks_for_the_password(let_in: Client) -> None:
    own = User.objects.get(username="ada")
    address = f"/admin/users/{own.pk}/second-factor/"
    assert address not in let_in.get("/admin/users/").content.decode()
    assert (let_in.get(address).url, let_in.post(address).url) == (ACCOUNT, ACCOUNT)
    assert devices.has_second_factor(own)
    assert history() == [("second_factor.set_up", "ada")]


def test_guessing_the_password_there_counts_as_a_log_in(let_in: Client) -> None:
    tries = [let_in.post(ACCOUNT, {"take_away": "", "password": "x"}) for _number in range(5)]
    assert [answer.status_code for answer in tries] == [200] * 4 + [429]
    assert let_in.post(ACCOUNT, {"take_away": "", "password": "password"}).status_code == 429
    assert TOTPDevice.objects.count() == 1


def test_new_backup_codes_end_the_old_ones(let_in: Client) -> None:
    old = set(StaticToken.objects.values_list("token", flat=True))
    page = let_in.post(ACCOUNT, {"new_codes": "", "password": "password"}).content.decode()
    new = set(StaticToken.objects.values_list("token", flat=True))
    assert len(new) == 10
    assert not new & old
    assert all(code in page for code in new)


# --- Colleagues ---------------------------------------------------------------------------------


def test_a_superuser_takes_a_colleagues_away(let_in: Client) -> None:
    create_roles()
    colleague, _codes = make_guarded_user("bob", is_superuser=False, group=EDITORS)
    address = f"/admin/users/{colleague.pk}/second-factor/"
    assert address in let_in.get("/admin/users/").content.decode()
    page = " ".join(let_in.get(address).content.decode().split())
    assert "Take it away" in page
    assert "Has <strong>bob</strong> lost the app and the backup codes?" in page
    assert "/css/admin/second-factor.css" in page
    assert devices.has_second_factor(colleague), "Looking takes nothing away."
    assert let_in.post(address).url == "/admin/users/"
    assert not devices.has_second_factor(colleague)
    assert history()[-1] == ("second_factor.take_away", "ada")
    bob = Client()
    give_password(bob, "bob")
    assert bob.get("/admin/").status_code == 200


def test_nobody_else_takes_a_colleagues_away(client: Client) -> None:
    create_roles()
    boss, _codes = make_guarded_user("boss")
    client.force_login(make_user("bob", group=SHOP_STAFF))
    address = f"/admin/users/{boss.pk}/second-factor/"
    assert (client.get(address).status_code, client.post(address).status_code) == (302, 302)
    assert devices.has_second_factor(boss)


def test_a_command_helps_the_only_superuser(client: Client) -> None:
    make_guarded_user()
    call_command("take_second_factor_away", "ada")
    give_password(client)
    assert client.get("/admin/").status_code == 200
    assert history()[-1] == ("second_factor.take_away", "")
    with pytest.raises(CommandError, match="Nobody is called bob"):
        call_command("take_second_factor_away", "bob")


# --- Where the shop wants one -------------------------------------------------------------------


@pytest.mark.parametrize(("group", "is_asked"), [(SHOP_STAFF, True), (EDITORS, False)])
def test_who_sees_orders_sets_one_up_before_all_else(
    client: Client, settings: Settings, group: str, is_asked: bool
) -> None:
    settings.STAFF_SECOND_FACTOR = "required"
    create_roles()
    make_user("ada", group=group)
    landed = client.post(
        "/admin/login/", {"username": "ada", "password": "password", "next": "/admin/"}, follow=True
    )
    assert (landed.request["PATH_INFO"] == SET_UP) == is_asked
    assert (client.get("/admin/").status_code == 302) == is_asked
    if is_asked:
        app = App(client.session["second_factor_key"])
        client.post(SET_UP, {"code": app.code()})
        assert client.get("/admin/orders/order/").status_code == 200


def test_a_new_right_to_see_orders_is_enough(client: Client, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = "required"
    create_roles()
    user = make_user("ada", group=EDITORS)
    client.force_login(user)
    assert client.get("/admin/").status_code == 200
    user.groups.add(Group.objects.get(name=SHOP_STAFF))
    assert client.get("/admin/").status_code == 302


def give(user: User, *names: str) -> User:
    """The person with these permissions too, read anew because Django remembers what they had."""
    for name in names:
        app_label, codename = name.split(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app_label, codename=codename)
        )
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    "right",
    [
        "orders.view_order",
        "customers.handle_customer_data",
        "contact.view_formsubmission",
        "contact.view_newslettersubscription",
        "auth.change_user",
        "auth.change_group",
    ],
)
def test_each_right_to_see_customers_or_to_say_who_may_asks_for_one(
    settings: Settings, right: str
) -> None:
    settings.STAFF_SECOND_FACTOR = "required"
    user = give(make_user("ada"), "wagtailadmin.access_admin")
    assert next_step(user) is None
    assert next_step(give(user, right)) == SET_UP_FIRST
    settings.STAFF_SECOND_FACTOR = "optional"
    assert next_step(user) is None


def test_who_may_not_open_the_admin_is_asked_for_none(settings: Settings) -> None:
    """They could not open the page on which it is set up either."""
    settings.STAFF_SECOND_FACTOR = "required"
    assert next_step(give(make_user("ada"), "orders.view_order")) is None


def test_a_misspelled_rule_is_an_error(settings: Settings) -> None:
    assert check_rule(None) == []
    settings.STAFF_SECOND_FACTOR = "Required"
    assert [error.id for error in check_rule(None)] == ["second_factor.E001"]
