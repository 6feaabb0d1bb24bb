"""What the brand's preview shows of settings that nobody saved, and the brand in the admin."""

import re

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from home.models import HomePage
from shopsite.cms.admin.brand_preview import data_url
from shopsite.cms.models import BrandSettings, ShopImage
from shopsite.cms.site_icon import TOUCH_SIZE, icon_png
from shopsite.lib.contrast import WHITE, can_be_read
from shopsite.lib.palette import ADMIN_DARK, DEFAULT_PALETTE, Palette, Scheme, admin_rules
from tests.factories import make_user
from tests.shopsite.test_colors import form_of

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(make_user("root", is_superuser=True))
    return client


def preview_of(admin: Client, mode: str, **changes: object) -> str:
    brand = BrandSettings.load()
    url = reverse("wagtailsettings:preview_on_edit", args=["cms", "brandsettings", brand.pk])
    assert admin.post(url, form_of(brand, **changes)).json()["is_valid"] is True
    response = admin.get(f"{url}?mode={mode}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_preview_shows_a_mail_in_the_new_colors(site: HomePage, admin: Client) -> None:
    mail = preview_of(admin, "mail", accent_light="#7a1f3d", name="Moss & Pot")
    assert "background-color: #7a1f3d" in mail
    assert "Moss &amp; Pot" in mail
    assert BrandSettings.objects.get().name == "Fern & Kettle"


def test_the_preview_shows_the_icon_that_would_be_drawn(site: HomePage, admin: Client) -> None:
    page = preview_of(admin, "pictures", accent_light="#7a1f3d", name="Moss & Pot")
    unsaved = BrandSettings(accent_light="#7a1f3d", name="Moss & Pot")
    assert data_url(icon_png(unsaved, TOUCH_SIZE), "image/png") in page
    assert 'src="data:image/jpeg;base64,' in page


def test_the_preview_shows_an_invoice(site: HomePage, admin: Client) -> None:
    first = preview_of(admin, "invoice")
    assert 'src="data:image/png;base64,' in first
    assert preview_of(admin, "invoice", accent_light="#7a1f3d") != first


def test_the_log_in_and_the_admin_bear_the_name_and_the_icon(site: HomePage, admin: Client) -> None:
    BrandSettings.objects.update_or_create(defaults={"name": "Moss & Pot"})
    login = Client().get("/admin/login/").content.decode()
    assert "Sign in to Moss &amp; Pot" in " ".join(login.split())
    for html in (login, admin.get("/admin/").content.decode()):
        assert re.search(r"<title>.* - Moss &amp; Pot</title>", html)
        assert 'rel="apple-touch-icon"' in html
        assert "wagtailadmin/images/favicon" not in html


def test_the_menu_of_the_admin_has_the_accent_as_dark_as_white_words_need_it(
    site: HomePage, client: Client
) -> None:
    html = client.get("/admin/login/").content.decode()
    [address] = re.findall(r'href="(/brand/admin/[^"]+)"', html)
    response = client.get(address)
    assert response["Content-Type"].startswith("text/css")
    assert "immutable" in response["Cache-Control"]
    rules = response.content.decode()
    for role in ("primary", "secondary"):
        assert f"--w-color-{role}-hue: 146.2;" in rules
    assert client.get("/brand/admin/red.css").status_code == 404
    bright = Scheme(accent="#ffd866", paper="#101010", ink="#ffffff")
    lightness = re.findall(r"lightness: ([\d.]+)%", admin_rules(Palette(bright, bright)))
    assert float(lightness[0]) < 35
    assert can_be_read(DEFAULT_PALETTE.light.accent, WHITE, ratio=7)


def test_links_of_the_dark_admin_are_as_light_as_they_have_to_be() -> None:
    dim = Scheme(accent="#203828", paper="#101010", ink="#ffffff")
    rules = admin_rules(Palette(dim, dim))
    [chosen, system] = re.findall(r"secondary-100: (#[0-9a-f]{6});", rules)
    assert chosen == system
    assert can_be_read(chosen, *ADMIN_DARK)
    assert not can_be_read(dim.accent, *ADMIN_DARK)
    default = admin_rules(DEFAULT_PALETTE)
    assert f"secondary-100: {DEFAULT_PALETTE.dark.accent};" in default


def test_wagtail_calls_the_shop_by_the_name_of_today(site: HomePage, admin: Client) -> None:
    """On its first page, and where many pages are deleted and the name has to be typed."""
    Site.objects.update(site_name="An old name")
    BrandSettings.load()
    BrandSettings.objects.update(name="Moss & Pot")
    page = admin.get("/admin/").content.decode()
    assert re.search(r'<h1 class="w-h1 w-mt-0">\s*Moss &amp; Pot\s*</h1>', page)
    assert "An old name" not in page
    typed = "Moss & Pot"
    assert (typed != django_settings.WAGTAIL_SITE_NAME) is False  # As Wagtail asks.
    assert str(django_settings.WAGTAIL_SITE_NAME) == typed


def test_an_svg_is_refused_with_what_to_use_instead(site: HomePage, admin: Client) -> None:
    upload = SimpleUploadedFile("logo.svg", SVG, content_type="image/svg+xml")
    response = admin.post(reverse("wagtailimages:add"), {"title": "Logo", "file": upload})
    assert "Use PNG, JPEG, WebP or AVIF." in response.content.decode()
    upload.seek(0)
    several = admin.post(
        reverse("wagtailimages:add_multiple"), {"title": "Logo", "files[]": upload}
    ).json()
    assert several["success"] is False
    assert "Use PNG, JPEG, WebP or AVIF." in several["error_message"]
    assert not ShopImage.objects.exists()
