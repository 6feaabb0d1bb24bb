"""A logo of one's own in the place of sign and name."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import HomePage
from shopsite.cms.models import BrandSettings
from tests.factories import make_image

pytestmark = pytest.mark.django_db


def html_of(url: str = "/shop/") -> str:
    html = Client().get(url).content.decode()
    return html[html.index("<header") : html.index("</header>")]


def set_logo(**pictures: object) -> None:
    BrandSettings.load()
    BrandSettings.objects.update(**pictures)


def test_without_a_logo_the_header_shows_sign_and_name(site: HomePage) -> None:
    header = html_of()
    assert "icons.svg#mark" in header
    assert "<span>Fern &amp; Kettle</span>" in header
    assert "<img" not in header


def test_a_logo_is_named_like_the_shop_and_has_its_size(site: HomePage) -> None:
    set_logo(logo=make_image("Logo"))
    header = html_of()
    assert 'alt="Fern &amp; Kettle"' in header
    assert 'width="60"' in header
    assert 'height="75"' in header
    assert "icons.svg#mark" not in header
    assert header.count("<img") == 1
    assert "site-header__logo--" not in header


def test_dark_screens_may_have_a_logo_of_their_own(site: HomePage) -> None:
    set_logo(logo=make_image("Logo"), logo_dark=make_image("Logo for the dark"))
    header = html_of()
    assert header.count("<img") == 2
    light, dark = header.split("<img")[1:]
    assert "site-header__logo--light" in light
    assert "site-header__logo--dark" in dark
    assert 'loading="lazy"' in dark


def test_a_logo_costs_one_query_more_and_two_cost_two(site: HomePage) -> None:
    def queries() -> int:
        html_of()
        with CaptureQueriesContext(connection) as found:
            html_of()
        return len(found)

    without = queries()
    set_logo(logo=make_image("Logo"))
    assert queries() <= without + 1
    set_logo(logo_dark=make_image("Logo for the dark"))
    assert queries() <= without + 2
