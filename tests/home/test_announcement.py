"""The line above the header: from and until a moment, also where a cache keeps the page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from home.models import HomePage, LandingIndexPage, LandingPage
from shopsite.cms.models import BrandSettings
from tests.factories import make_user
from tests.shopsite.test_colors import edit_url, form_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
TEXT = "Two for one."


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def announce(**values: object) -> BrandSettings:
    brand = BrandSettings.load()
    for name, value in {"announcement": TEXT, **values}.items():
        setattr(brand, name, value)
    brand.full_clean()
    brand.save()
    return brand


def seconds(number: float) -> datetime:
    return NOON + timedelta(seconds=number)


@pytest.mark.parametrize(
    ("starts", "ends", "is_shown", "kept"),
    [
        (None, None, True, 60),
        (seconds(-1), seconds(90), True, 60),
        (seconds(-1), seconds(20), True, 20),
        (seconds(20), None, False, 20),
        (seconds(20), seconds(40), False, 20),
        (seconds(0), None, True, 60),
        (None, seconds(0), False, 60),
        (None, seconds(0.5), True, 0),
        (seconds(3600), None, False, 60),
    ],
)
def test_it_is_shown_in_its_time_and_a_cache_keeps_no_page_beyond_that(
    site: HomePage, starts: datetime | None, ends: datetime | None, is_shown: bool, kept: int
) -> None:
    announce(announcement_from=starts, announcement_until=ends)
    response = Client().get("/shop/")
    assert (TEXT in response.content.decode()) == is_shown
    assert response.headers["Cache-Control"] == f"public, max-age=0, s-maxage={kept}"


def test_a_page_with_a_block_that_appears_later_is_not_kept_beyond_that(site: HomePage) -> None:
    text = {"text": "<p>From now on.</p>", "show_from": seconds(30)}
    page = LandingPage(title="Sale", slug="sale", body=[("text", text)])
    LandingIndexPage.objects.get().add_child(instance=page)
    response = Client().get("/campaigns/sale/")
    assert "From now on." not in response.content.decode()
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=30"


def test_it_leads_to_a_page_as_long_as_that_is_live(site: HomePage) -> None:
    page = LandingIndexPage.objects.get().add_child(instance=LandingPage(title="Sale", slug="sale"))
    announce(announcement_page=page)
    link = f'<a class="announcement__link" href="/campaigns/sale/">{TEXT}</a>'
    assert link in Client().get("/shop/").content.decode()
    page.unpublish()
    html = Client().get("/shop/").content.decode()
    assert "announcement__link" not in html
    assert TEXT in html


def test_it_leads_to_an_address(site: HomePage) -> None:
    announce(announcement_address="/search/?q=mug")
    assert 'href="/search/?q=mug"' in Client().get("/shop/").content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        (
            {"announcement_from": "2026-12-02 10:00", "announcement_until": "2026-12-02 10:00"},
            "announcement_until", "The end lies before the beginning.",
        ),
        (
            {"announcement_address": "javascript:alert(1)"}, "announcement_address",
            "Enter an address such as https://example.com/, /search/ or mailto:us@example.com.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused(
    site: HomePage, client: Client, changes: dict[str, str], field: str, message: str
) -> None:
    client.force_login(make_user("root", is_superuser=True))
    brand = announce()
    before = BrandSettings.objects.values().get()
    response = client.post(edit_url(brand), form_of(brand, **changes))
    assert response.context["form"].errors == {field: [message]}
    assert BrandSettings.objects.values().get() == before


def test_the_preview_shows_it_before_its_time_if_asked(site: HomePage, client: Client) -> None:
    client.force_login(make_user("root", is_superuser=True))
    brand = BrandSettings.load()
    url = reverse("wagtailsettings:preview_on_edit", args=["cms", "brandsettings", brand.pk])
    changes = {
        "announcement": TEXT, "announcement_from": "2027-01-01 00:00", "accent_light": "#9c4a1f",
    }  # fmt: skip
    assert client.post(url, form_of(brand, **changes)).json()["is_valid"] is True
    assert TEXT not in client.get(url).content.decode()
    preview = client.get(f"{url}?mode=announcement").content.decode()
    assert TEXT in preview
    # Its colors too, which nobody saved.
    assert "/brand/9c4a1f-fbf8f2-23201a-a9cba6-181713-f0eadf.css" in preview
    assert BrandSettings.objects.get().announcement == ""
