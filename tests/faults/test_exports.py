"""No spreadsheet runs what somebody typed, whichever list it is taken from."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.text import format_lazy
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry

from home.models import HomePage
from home.search.counting import record_search
from tests.factories import make_order, make_user

FORMULA = '=hyperlink("http://evil.example","Look")'
FORMULAS = (FORMULA, "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", " =1", "\u200b=1", "＝1")


def walk(patterns: list[URLPattern | URLResolver]) -> Iterator[Any]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns)
        elif hasattr(one.callback, "view_class"):
            yield one.callback


def exporting_views() -> list[Any]:
    """Of all addresses of the admin, those of lists that can be taken along."""
    views = walk(get_resolver().url_patterns)
    return [view for view in views if issubclass(view.view_class, SpreadsheetExportMixin)]


def test_every_list_of_the_admin_is_written_safely() -> None:
    """The desk's list of orders is modeladmin's and writes its rows itself."""
    views = {view.view_class: view.view_initkwargs for view in exporting_views()}
    assert len(views) > 40
    for view_class, options in views.items():
        view = view_class(**options)
        for format_ in ("csv", "xlsx"):
            for typed in (*FORMULAS, [FORMULA, "2"], format_lazy("{}", FORMULA)):
                written = view.preprocess_field_value("typed", typed, format_)
                assert written.startswith("'"), (view_class, format_, typed)
            assert view.preprocess_field_value("number", -3, format_) == -3
            assert view.preprocess_field_value("nothing", None, format_) is None


def cells_of(response: Any) -> list[str]:
    content = b"".join(response) if response.streaming else response.content
    if response["Content-Type"].startswith("text/csv"):
        return [cell for row in csv.reader(StringIO(content.decode())) for cell in row]
    rows = load_workbook(BytesIO(content)).active.iter_rows()
    cells = [cell for row in rows for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    return [str(cell.value) for cell in cells]


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_what_strangers_and_colleagues_typed_is_text(
    site: HomePage, admin_client: Client, format_: str
) -> None:
    """Lists of Wagtail's own, of the shop's, and of the order desk."""
    record_search(FORMULA, found=0)
    make_order(name=FORMULA)
    Redirect.objects.create(old_path="/old", redirect_link=FORMULA)
    eve = make_user("eve")
    type(eve).objects.filter(pk=eve.pk).update(username=FORMULA)
    ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(eve), object_id=eve.pk, label=FORMULA,
        action="wagtail.edit", timestamp="2026-11-01T00:00Z", user=eve,
    )  # fmt: skip
    for name in (
        "missed_searches",
        "wagtailsearchpromotions:search_terms",
        "wagtailredirects:index",
        "wagtailadmin_reports:site_history",
        "orders_order_modeladmin_index",
    ):
        cells = cells_of(admin_client.get(reverse(name), {"export": format_}))
        assert [cell for cell in cells if "hyperlink" in cell], name
        assert [cell for cell in cells if cell[:1] in "=+@\t\r" and cell] == [], name
