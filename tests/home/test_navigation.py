"""Menus that people arrange: live titles, pages that fall out, few queries."""

from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup, Tag
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from home.models import HomePage, LandingIndexPage, LandingPage, StoryIndexPage
from shopsite.cms.models import NavigationSettings
from shopsite.cms.navigation_blocks import MenuItemBlock
from shopsite.contact.models import NewsletterSubscription
from shopsite.contact.sign_up import CONSENT_TEXT
from tests.factories import make_user

pytestmark = pytest.mark.django_db

AUTOMATIC = ["Shop", "Stories"]


def link(page: Page | None = None, *, text: str = "", address: str = "") -> dict[str, Any]:
    return {"page": page.pk if page else None, "address": address, "text": text}


def item(
    page: Page | None = None, *, text: str = "", address: str = "", links: tuple[Any, ...] = ()
) -> dict[str, Any]:
    return {
        "type": "item", "value": {**link(page, text=text, address=address), "links": list(links)},
    }  # fmt: skip


def column(heading: str, *links: Any) -> dict[str, Any]:
    return {"type": "links", "value": {"heading": heading, "links": list(links)}}


def profile(network: str, *, name: str = "") -> dict[str, Any]:
    address = f"https://{network}.example/fern"
    return {"type": "profile", "value": {"network": network, "name": name, "address": address}}


def arrange(**streams: list[dict[str, Any]]) -> None:
    settings = NavigationSettings.load()
    for name, items in streams.items():
        block = getattr(settings, name).stream_block
        setattr(settings, name, block.to_python(items))
    settings.save()


def make_pages(number: int) -> list[LandingPage]:
    index = LandingIndexPage.objects.get()
    return [
        index.add_child(instance=LandingPage(title=f"Page {one}", slug=f"page-{one}"))
        for one in range(number)
    ]


def html_of(url: str = "/shop/") -> str:
    return Client().get(url).content.decode()


def links_in(html: str, css: str) -> list[tuple[str, str]]:
    """Title and address of each link with a class, as they stand in the page."""
    found = []
    for part in html.split("<a ")[1:]:
        attributes, _end, rest = part.partition(">")
        if f'class="{css}"' in attributes:
            url = attributes.split('href="')[1].split('"')[0]
            found.append((rest.split("</a>")[0].strip(), url))
    return found


def titles(html: str, css: str = "site-header__link") -> list[str]:
    return [title for title, _url in links_in(html, css)]


def test_without_settings_the_menus_make_themselves_of_the_pages(site: HomePage) -> None:
    html = html_of()
    assert titles(html) == AUTOMATIC
    assert titles(html, "site-footer__link") == [
        "Shop", "Collections", "Stories", "Campaigns",
        "Find your order", "Your account", "hello@example.com",
    ]  # fmt: skip
    assert "<details" not in html


def test_a_link_has_the_title_of_its_page_unless_it_has_a_text(site: HomePage) -> None:
    [page] = make_pages(1)
    arrange(main=[item(page), item(page, text="The season"), item(text="Find", address="/search/")])
    assert links_in(html_of(), "site-header__link") == [
        ("Page 0", "/campaigns/page-0/"), ("The season", "/campaigns/page-0/"),
        ("Find", "/search/"),
    ]  # fmt: skip
    page.title = "Renamed"
    page.save()
    assert titles(html_of()) == ["Renamed", "The season", "Find"]


def test_a_page_that_is_not_live_or_not_public_falls_out_and_comes_back(site: HomePage) -> None:
    shown, draft, private, gone = make_pages(4)
    arrange(main=[item(page) for page in (shown, draft, private, gone)])
    draft.unpublish()
    restriction = PageViewRestriction.objects.create(page=private, restriction_type="login")
    gone.delete()
    assert titles(html_of()) == ["Page 0"]
    restriction.delete()
    draft.save_revision().publish()
    assert titles(html_of()) == ["Page 0", "Page 1", "Page 2"]


def test_an_entry_with_links_opens_them_and_leads_to_its_own_page_first(site: HomePage) -> None:
    parent, child, draft = make_pages(3)
    draft.unpublish()
    arrange(main=[item(parent, links=(link(child), link(draft), link(text="Out", address="/x/")))])
    html = html_of()
    assert titles(html) == []
    assert links_in(html, "site-submenu__link site-submenu__link--first") == [
        ("Page 0", "/campaigns/page-0/")
    ]
    assert links_in(html, "site-submenu__link") == [
        ("Page 1", "/campaigns/page-1/"), ("Out", "/x/"),
    ]  # fmt: skip
    # The same once more behind the button of small screens.
    assert titles(html, "small-menu__link") == ["Page 0", "Page 1", "Out"]


def test_an_entry_without_a_target_is_shown_as_long_as_a_link_below_it_is(site: HomePage) -> None:
    [page] = make_pages(1)
    arrange(main=[item(text="Ideas", links=(link(page),)), item(text="Rest", address="/search/")])
    assert "Ideas" in html_of()
    page.unpublish()
    html = html_of()
    assert "Ideas" not in html
    assert titles(html) == ["Rest"]


def test_the_page_one_is_on_is_marked_in_the_menu(site: HomePage) -> None:
    html = html_of("/stories/")
    assert html.count('aria-current="page"') == 1
    marked = html.split('aria-current="page"')[0].rsplit("<a", 1)[1]
    assert 'href="/stories/"' in marked


def test_five_links_fold_on_a_small_screen_and_four_do_not(site: HomePage) -> None:
    pages = make_pages(5)
    arrange(main=[item(page) for page in pages[:4]])
    assert "small-menu" not in html_of()
    arrange(main=[item(page) for page in pages])
    assert titles(html_of(), "small-menu__link") == [f"Page {number}" for number in range(5)]


def test_the_footer_has_columns_of_links_and_of_words_in_their_order(site: HomePage) -> None:
    [page] = make_pages(1)
    words = {"heading": "Visit us", "text": "<p>Open on <b>Fridays</b>.</p>"}
    arrange(footer=[column("Help", link(page)), {"type": "text", "value": words}])
    html = html_of()
    footer = html[html.index("<footer") :]
    assert links_in(footer, "site-footer__link")[0] == ("Page 0", "/campaigns/page-0/")
    assert footer.index("Help") < footer.index("Visit us") < footer.index("<b>Fridays</b>")
    assert "Campaigns" not in footer
    assert titles(html) == AUTOMATIC  # The main menu still makes itself.


def test_a_column_whose_pages_are_all_gone_is_left_out(site: HomePage) -> None:
    [page] = make_pages(1)
    arrange(footer=[column("Help", link(page)), column("Shop", link(text="All", address="/shop/"))])
    page.unpublish()
    html = html_of()
    assert "Help" not in html
    assert ("All", "/shop/") in links_in(html, "site-footer__link")


def test_social_networks_have_an_icon_and_a_name(site: HomePage) -> None:
    arrange(social=[profile("instagram"), profile("mastodon", name="Fern in the Fediverse")])
    html = html_of()
    assert 'href="https://instagram.example/fern" rel="me"' in html
    assert "icons.svg#instagram" in html
    assert '<span class="visually-hidden">Instagram</span>' in html
    assert '<span class="visually-hidden">Fern in the Fediverse</span>' in html


def queries_of(url: str) -> int:
    Client().get(url)
    with CaptureQueriesContext(connection) as queries:
        Client().get(url)
    return len(queries)


def test_forty_links_cost_as_many_queries_as_two(site: HomePage) -> None:
    pages = make_pages(40)
    automatic = queries_of("/campaigns/page-0/")
    arrange(main=[item(pages[0])], footer=[column("Help", link(pages[1]))])
    with_two = queries_of("/campaigns/page-0/")
    arrange(
        main=[
            item(pages[n], links=tuple(link(page) for page in pages[n * 3 : n * 3 + 3]))
            for n in range(8)
        ],
        footer=[column(f"Column {n}", *(link(page) for page in pages[n::4])) for n in range(4)],
    )
    assert queries_of("/campaigns/page-0/") == with_two
    assert with_two == automatic


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ({"page": None, "address": "", "text": "Nowhere", "links": []}, {"page", "address"}),
        ({"page": None, "address": "/search/", "text": "", "links": []}, {"text"}),
        ({"page": None, "address": "javascript:alert(1)", "text": "Run", "links": []}, {"address"}),
        ({"page": None, "address": "//evil.example", "text": "Out", "links": []}, {"address"}),
    ],
)
def test_an_entry_that_leads_nowhere_is_refused(
    site: HomePage, value: dict[str, Any], wrong: set[str]
) -> None:
    block = MenuItemBlock()
    with pytest.raises(ValidationError) as error:
        block.clean(block.to_python(value))
    assert set(error.value.block_errors) == wrong  # type: ignore[attr-defined]


def test_an_entry_with_page_and_address_is_refused(site: HomePage) -> None:
    block = MenuItemBlock()
    value = {"page": site.pk, "address": "/search/", "text": "", "links": []}
    with pytest.raises(ValidationError) as error:
        block.clean(block.to_python(value))
    assert set(error.value.block_errors) == {"page", "address"}  # type: ignore[attr-defined]


def test_the_preview_shows_menus_that_are_not_saved_yet(site: HomePage, client: Client) -> None:
    client.force_login(make_user("root", is_superuser=True))
    settings = NavigationSettings.load()
    url = reverse(
        "wagtailsettings:preview_on_edit", args=["cms", "navigationsettings", settings.pk]
    )
    prefix = "main-0-value"
    form = {
        "main-count": "1", "main-0-deleted": "", "main-0-order": "0", "main-0-type": "item",
        f"{prefix}-page": "", f"{prefix}-address": "/search/", f"{prefix}-text": "Not saved",
        f"{prefix}-links-count": "0", "footer-count": "0", "social-count": "0",
    }  # fmt: skip
    answer = client.post(url, form).json()
    assert answer == {"is_valid": True, "is_available": True}
    preview = client.get(url).content.decode()
    assert titles(preview) == ["Not saved"]
    assert titles(html_of()) == AUTOMATIC


def newsletter(**fields: str) -> dict[str, Any]:
    value = {"heading": "Letters", "text": "Four a year.", "consent_text": "", **fields}
    return {"type": "newsletter", "value": value}


def sign_ups(html: str) -> list[Tag]:
    return BeautifulSoup(html, "html.parser").select('form[action="/newsletter/"]')


def test_the_footer_has_a_sign_up_for_the_newsletter(site: HomePage) -> None:
    arrange(footer=[newsletter()])
    html = html_of("/stories/")
    [form] = sign_ups(html)
    assert form.find_parent("footer")["class"] == ["site-footer"]
    assert form.select_one("input[type=email]")["id"] == "newsletter-footer-email"
    assert form.select_one("label[for=newsletter-footer-email]").text.strip() == "E-mail"
    assert form.select_one("[name=page]")["value"] == str(StoryIndexPage.objects.get().pk)
    assert form.select_one(".contact-form__note").text == str(CONSENT_TEXT)
    assert "Four a year." in html


def test_what_is_agreed_to_in_the_footer_is_kept_word_for_word(site: HomePage) -> None:
    arrange(footer=[newsletter(consent_text="Yes <b>& more</b>.")])
    with time_machine.travel("2026-11-28 10:00Z") as clock:
        [form] = sign_ups(html_of("/stories/"))
        fields = {one["name"]: one.get("value", "") for one in form.select("input")}
        clock.shift(60)
        answer = Client().post(
            "/newsletter/", {**fields, "email": "a@example.com"}, HTTP_SEC_FETCH_SITE="same-origin"
        )
    assert answer.url == "/newsletter/thanks/"
    subscription = NewsletterSubscription.objects.get()
    assert subscription.consent_text == "Yes <b>& more</b>."
    assert subscription.confirmed_at is None


def test_several_sign_ups_on_a_page_share_no_id(site: HomePage) -> None:
    arrange(footer=[newsletter()])
    block = {"heading": "Here", "text": "", "consent_text": "", "button_label": ""}
    page = LandingPage(title="Two", slug="two", body=[("newsletter", block)] * 2)
    LandingIndexPage.objects.get().add_child(instance=page)
    for address, number in (("/campaigns/two/", 3), ("/newsletter/", 2)):
        html = html_of(address)
        ids = [one["id"] for one in BeautifulSoup(html, "html.parser").select("[id]")]
        assert len(sign_ups(html)) == number
        assert len(ids) == len(set(ids))


def test_a_page_that_hides_the_footer_has_no_sign_up(site: HomePage) -> None:
    arrange(footer=[newsletter()])
    page = LandingPage(title="Bare", slug="bare", hides_footer=True)
    LandingIndexPage.objects.get().add_child(instance=page)
    assert sign_ups(html_of("/campaigns/bare/")) == []


def test_the_footer_takes_one_sign_up(site: HomePage) -> None:
    settings = NavigationSettings.load()
    stream = settings.footer.stream_block
    stream.clean(stream.to_python([newsletter()]))
    with pytest.raises(ValidationError):
        stream.clean(stream.to_python([newsletter(), newsletter()]))
