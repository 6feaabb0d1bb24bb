"""What an export holds, and that reading it again changes nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import HomePage
from products.models import Product
from tests.factories import make_product, make_product_page
from tests.products.files import (
    HEADER,
    answers_of,
    checked,
    everything,
    exported,
    imported,
    make_mug_type,
)

pytestmark = pytest.mark.django_db


def test_an_export_read_again_changes_nothing(site: HomePage) -> None:
    make_mug_type()
    imported(
        HEADER,
        'MUG-1,"=cmd|Mug, ""big""",mug,"gift, ""a, b""",Glaze,-5 °C,24.90,7,350,4006381333931,'
        "no,'- rinse,-3.50,Glass,no".replace('"=cmd', "\"'=cmd"),
        'MUG-2,"\'=cmd|Mug, ""big""",,,,\'-,26,0,,,yes,,,,',
    )
    make_product_page("Kettle", sku="KET-1")
    product = Product.objects.get(product_type__isnull=False)
    assert product.name == '=cmd|Mug, "big"'
    assert sorted(product.tags.names()) == ["a, b", "gift"]
    assert [variant.option1 for variant in product.variants.all()] == ["-5 °C", "-"]
    assert answers_of(product)["care"] == "- rinse"
    before, content = everything(), exported()
    lines = content.decode("utf-8-sig").splitlines()
    assert checked(*lines).problems == []
    report = imported(*lines)
    assert everything() == before
    assert (report.unchanged, report.lines, report.problem_count) == (3, 3, 0)
    assert exported() == content


def test_no_cell_of_an_export_is_run_as_a_formula(site: HomePage) -> None:
    make_product("=1+1", sku="A")
    make_product("@home", sku="B")
    names = [line.split(",")[1] for line in exported().decode().splitlines()[1:]]
    assert names == ["'=1+1", "'@home"]


def test_an_export_costs_as_many_queries_for_two_products_as_for_forty() -> None:
    make_mug_type()
    counts = []
    for wanted in (2, 38):
        lines = [f"S-{wanted}-{n},Mug {wanted} {n},mug,gift,,,24,1,,,,Rinse,3,Glass,yes"
                 for n in range(wanted)]  # fmt: skip
        imported(HEADER, *lines)
        with CaptureQueriesContext(connection) as queries:
            exported()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_checking_costs_as_many_queries_for_two_products_as_for_forty() -> None:
    make_mug_type()
    counts = []
    for wanted in (2, 40):
        lines = [f"S-{n},Mug {n},mug,gift,,,24,1,,,,Rinse,3,Glass,yes" for n in range(wanted)]
        imported(HEADER, *lines)
        with CaptureQueriesContext(connection) as queries:
            checked(HEADER, *(line.replace("24", "25") for line in lines))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_changed_product_says_when(site: HomePage) -> None:
    make_product("Mug", sku="A")
    yesterday = timezone.now() - timedelta(days=1)
    Product.objects.update(updated_at=yesterday)
    imported("sku,product", "A,Big Mug")
    assert Product.objects.get().updated_at > yesterday
