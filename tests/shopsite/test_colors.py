"""The shop's own colors, in a stylesheet of their own; refused where nobody could read them."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from home.models import HomePage
from shopsite.cms.models import BrandSettings
from tests.factories import make_user

pytestmark = pytest.mark.django_db

RUST = "9c4a1f-fbf8f2-23201a-a9cba6-181713-f0eadf"


def form_of(brand: BrandSettings, **changes: str) -> dict[str, str]:
    """What the settings form sends."""
    names = ("name", "tagline", "support_email", "announcement", "announcement_address")
    schemes = ("light", "dark")
    colors = [f"{color}_{scheme}" for color in ("paper", "ink", "accent") for scheme in schemes]
    values = {name: getattr(brand, name) for name in (*names, *colors)}
    return {**values, "announcement_from": "", "announcement_until": "", **changes}


def edit_url(brand: BrandSettings) -> str:
    return reverse("wagtailsettings:edit", args=["cms", "brandsettings", brand.pk])


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(make_user("root", is_superuser=True))
    return client


def test_the_colors_of_the_stylesheet_need_no_other(site: HomePage, client: Client) -> None:
    assert '<link rel="stylesheet" href="/brand/' not in client.get("/shop/").content.decode()


def test_an_accent_that_can_be_read_is_saved_and_stands_on_every_page_at_once(
    site: HomePage, admin: Client
) -> None:
    brand = BrandSettings.load()
    response = admin.post(edit_url(brand), form_of(brand, accent_light="#9C4A1F"))
    assert response.status_code == 302
    brand.refresh_from_db()
    assert brand.accent_light == "#9c4a1f"
    html = Client().get("/shop/").content.decode()
    link = f'<link rel="stylesheet" href="/brand/{RUST}.css">'
    assert html.count(link) == 1
    assert html.index("css/site.css") < html.index(link)


def test_the_stylesheet_is_the_same_for_everybody_and_for_ever(
    site: HomePage, client: Client
) -> None:
    response = client.get(f"/brand/{RUST}.css")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "  --accent: light-dark(#9c4a1f, #a9cba6);\n" in response.content.decode()


@pytest.mark.parametrize("colors", ["red", "9c4a1f", f"{RUST}-000000", RUST.upper()])
def test_an_address_without_six_colors_is_not_found(
    site: HomePage, client: Client, colors: str
) -> None:
    assert client.get(f"/brand/{colors}.css").status_code == 404


def test_serving_the_stylesheet_asks_the_database_nothing(
    site: HomePage, client: Client, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        client.get(f"/brand/{RUST}.css")


LINKS = "Links in this color"
WORDS = "This text"


@pytest.mark.parametrize(
    ("field", "color", "what", "ratio", "nearest"),
    [
        ("accent_light", "#e07a2f", LINKS, "2.5", "#a15822"),
        ("accent_dark", "#2f5640", LINKS, "1.8", "#789183"),
        ("ink_light", "#999999", WORDS, "2.4", "#6b6b6b"),
    ],
)
def test_a_color_that_cannot_be_read_is_refused_with_the_nearest_that_can(
    site: HomePage, admin: Client, field: str, color: str, what: str, ratio: str, nearest: str
) -> None:
    brand = BrandSettings.load()
    before = BrandSettings.objects.values().get()
    response = admin.post(edit_url(brand), form_of(brand, **{field: color}))
    assert response.status_code == 200
    message = (
        f"{what} cannot be read on the paper: the contrast is {ratio}:1, and 4.5:1 is needed. "
        f"The nearest color that can be read is {nearest}."
    )
    assert response.context["form"].errors == {field: [message]}
    assert escape(message) in response.content.decode()
    assert BrandSettings.objects.values().get() == before


def test_what_is_no_color_is_refused(site: HomePage, admin: Client) -> None:
    brand = BrandSettings.load()
    response = admin.post(edit_url(brand), form_of(brand, ink_dark="grey"))
    message = "Enter a color such as #2f5640: # and six digits from 0 to f."
    assert response.context["form"].errors == {"ink_dark": [message]}
    brand.refresh_from_db()
    assert brand.ink_dark == "#f0eadf"


def test_a_paper_that_no_text_can_be_read_on_says_so_at_the_text(
    site: HomePage, admin: Client
) -> None:
    brand = BrandSettings.load()
    response = admin.post(edit_url(brand), form_of(brand, paper_light="#808080"))
    assert set(response.context["form"].errors) == {"ink_light", "accent_light"}


def test_the_form_shows_a_swatch_beside_each_of_the_six_colors(
    site: HomePage, admin: Client
) -> None:
    html = admin.get(edit_url(BrandSettings.load())).content.decode()
    assert html.count('type="color"') == 6
    assert "cms/color_input.js" in html
