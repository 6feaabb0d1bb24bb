"""Which tax rate holds: by class, country and day; entered by the staff, kept by the file."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from home.granting import create_roles
from home.models import HomePage
from home.roles import SHOP_STAFF
from products.models import TaxClass, TaxRate
from products.taxes import tax_rates
from tests.factories import make_user

pytestmark = pytest.mark.django_db

RATES = "/admin/tax-rates/"


@pytest.fixture(autouse=True)
def rates() -> None:
    TaxRate.objects.all().delete()
    for tax_class, country, percent, day in (
        ("standard", "", "19", date(2021, 1, 1)),
        ("standard", "", "16", date(2020, 7, 1)),
        ("reduced", "", "7", date(2021, 1, 1)),
        ("standard", "AT", "20", date(2021, 1, 1)),
        ("standard", "AT", "21", date(2027, 1, 1)),
        ("standard", "CH", "0", date(2021, 1, 1)),
    ):
        TaxRate.objects.create(
            tax_class=tax_class, country=country, percent=percent, valid_from=day
        )


@pytest.mark.parametrize(
    ("country", "on", "standard", "reduced"),
    [
        ("DE", date(2026, 11, 29), "19", "7"),
        ("DE", date(2020, 12, 31), "16", "0"),
        ("DE", date(2021, 1, 1), "19", "7"),
        ("DE", date(2019, 1, 1), "0", "0"),
        ("AT", date(2026, 12, 31), "20", "7"),
        ("AT", date(2027, 1, 1), "21", "7"),
        ("CH", date(2026, 11, 29), "0", "7"),
        ("", date(2026, 11, 29), "19", "7"),
    ],
)
def test_a_country_comes_before_everywhere_else_and_the_latest_before_earlier_ones(
    country: str, on: date, standard: str, reduced: str, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        found = tax_rates(country=country, on=on)
    assert (found["standard"], found["reduced"]) == (Decimal(standard), Decimal(reduced))
    assert set(found) == set(TaxClass.values)


def test_one_rate_of_a_class_begins_on_a_day() -> None:
    twin = TaxRate(tax_class="standard", country="", percent=20, valid_from=date(2021, 1, 1))
    with pytest.raises(ValidationError, match="There is a rate from this day on already"):
        twin.full_clean()


def test_a_clerk_enters_the_rate_of_next_year(client: Client, site: HomePage) -> None:
    create_roles()
    client.force_login(make_user("clerk", group=SHOP_STAFF))
    html = client.get(RATES).content.decode()
    assert "Everywhere without its own rate" in html
    assert "Austria" in html
    form = {"tax_class": "standard", "country": "", "percent": "20", "valid_from": "2027-01-01"}
    assert client.post(f"{RATES}new/", form).status_code == 302
    assert tax_rates(country="DE", on=date(2027, 1, 1))["standard"] == 20
    assert tax_rates(country="DE", on=date(2026, 12, 31))["standard"] == 19
    again = client.post(f"{RATES}new/", form)
    assert "There is a rate from this day on already" in again.content.decode()
