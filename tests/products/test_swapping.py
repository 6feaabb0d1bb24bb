"""One product taken for another: everywhere in a page at once, as a version of its own."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from home.models import HomePage, LandingIndexPage, LandingPage
from products.models import ProductIndexPage, ProductPage
from products.swapping import SWAPPED, CannotSwap, swap_product
from tests.factories import make_product_page, make_user
from tests.products.contents import (
    call_to_action,
    card,
    grid,
    make_landing,
    save_draft,
    stored_body,
    text_with_link,
)
from tests.products.makers import make_person

pytestmark = pytest.mark.usefixtures("indexes")


@pytest.fixture
def old(site: HomePage) -> ProductPage:
    return make_product_page("Mug", on_hand=0)


@pytest.fixture
def new(site: HomePage) -> ProductPage:
    return make_product_page("Kettle")


def current(page: Page) -> LandingPage:
    return LandingPage.objects.get(pk=page.pk)


def newest(page: Page) -> LandingPage:
    return current(page).get_latest_revision_as_object()


def swap(page: Page, old_id: int, new: ProductPage, **fields: Any) -> Any:
    user = fields.get("user") or make_user("anna", is_superuser=True)
    return swap_product(content=page, old_id=old_id, new=new, user=user)


def state_of(page: Page) -> tuple[Any, ...]:
    row = current(page)
    log = PageLogEntry.objects.filter(page=page.pk).count()
    return row.latest_revision_id, row.live_revision_id, stored_body(row), log


def test_every_block_and_list_of_a_live_page_is_swapped_and_published(
    old: ProductPage, new: ProductPage
) -> None:
    other = make_product_page("Bowl")
    page = make_landing("Summer", card(old.pk), grid(other.pk, old.pk), call_to_action(old.pk))
    revisions = page.revisions.count()
    done = swap(page, old.pk, new)
    assert (done.count, done.kept_words, done.is_published) == (3, 1, True)
    assert stored_body(current(page)) == [
        card(new.pk), grid(other.pk, new.pk), call_to_action(new.pk)
    ]  # fmt: skip
    assert stored_body(newest(page)) == stored_body(current(page))
    assert (page.revisions.count(), current(page).has_unpublished_changes) == (revisions + 1, False)


def test_a_list_that_shows_the_new_one_already_does_not_show_it_twice(
    old: ProductPage, new: ProductPage
) -> None:
    page = make_landing("Summer", grid(new.pk, old.pk))
    assert swap(page, old.pk, new).count == 1
    assert stored_body(current(page)) == [grid(new.pk)]
    html = Client().get(page.url).content.decode()
    assert html.count(f'class="product-card__link" href="{new.url}"') == 1


def test_a_product_whose_page_was_deleted_is_swapped_as_well(
    old: ProductPage, new: ProductPage
) -> None:
    page = make_landing("Summer", card(old.pk), grid(new.pk, old.pk))
    gone = old.pk
    old.delete()
    assert swap(page, gone, new).count == 2
    assert stored_body(current(page)) == [card(new.pk), grid(new.pk)]


def test_other_changes_that_wait_are_not_published_with_it(
    old: ProductPage, new: ProductPage
) -> None:
    page = make_landing("Summer", card(old.pk))
    save_draft(page, card(old.pk), text_with_link(new.pk))
    done = swap(page, old.pk, new)
    assert done.is_published is False
    assert stored_body(current(page)) == [card(old.pk)]
    assert stored_body(newest(page)) == [card(new.pk), text_with_link(new.pk)]
    assert current(page).has_unpublished_changes is True


def test_a_draft_stays_a_draft(old: ProductPage, new: ProductPage) -> None:
    page = make_landing("Summer", card(old.pk), live=False)
    assert swap(page, old.pk, new).is_published is False
    assert current(page).live is False
    assert stored_body(newest(page)) == [card(new.pk)]


def test_links_in_texts_lead_to_the_new_one_and_are_called_so_when_they_bore_its_name(
    old: ProductPage, new: ProductPage
) -> None:
    def words(page_id: int, name: str) -> dict[str, Any]:
        links = (
            f'<a id="{page_id}" linktype="page">{name}</a>, '
            f'<a linktype="page" id="{page_id}">the <b>blue</b> one</a>, '
            f'<a linktype="document" id="{old.pk}">Mug</a>, <a href="/?id={old.pk}">Mug</a>'
        )
        return {"type": "text", "id": "words", "value": {"text": f"<p>{links}</p>"}}

    page = make_landing("Summer", words(old.pk, "Mug"))
    done = swap(page, old.pk, new)
    assert (done.count, done.kept_words) == (2, 1)
    assert stored_body(current(page)) == [words(new.pk, "Kettle")]
    html = Client().get(page.url).content.decode()
    assert html.count(f'<a href="{new.url}">Kettle</a> <span class="live-price">') == 1


def test_links_in_a_text_of_the_page_itself_lead_to_the_new_one(
    old: ProductPage, new: ProductPage
) -> None:
    shop = ProductIndexPage.objects.get()
    shop.intro = f'<p>See <a linktype="page" id="{old.pk}">this</a>.</p>'
    shop.save()
    assert swap(shop, old.pk, new).count == 1
    shop = ProductIndexPage.objects.get()
    assert shop.intro == f'<p>See <a linktype="page" id="{new.pk}">this</a>.</p>'


def test_a_comparison_that_would_be_left_with_one_product_stops_the_swap(
    old: ProductPage, new: ProductPage
) -> None:
    items = [
        {"type": "item", "id": "one", "value": {"product": old.pk}},
        {"type": "item", "id": "two", "value": {"product": new.pk}},
    ]
    comparison = {"type": "comparison", "id": "c", "value": {"heading": "", "products": items}}
    page = make_landing("Summer", card(old.pk), comparison)
    before = state_of(page)
    with pytest.raises(CannotSwap, match="“Comparison” shows both products"):
        swap(page, old.pk, new)
    assert state_of(page) == before


def test_who_may_write_and_not_publish_leaves_a_draft(old: ProductPage, new: ProductPage) -> None:
    page = make_landing("Summer", card(old.pk))
    writer = make_person("wanda", page=LandingIndexPage.objects.get())
    assert swap(page, old.pk, new, user=writer).is_published is False
    assert stored_body(current(page)) == [card(old.pk)]
    assert stored_body(newest(page)) == [card(new.pk)]


def test_who_may_not_write_there_changes_nothing(old: ProductPage, new: ProductPage) -> None:
    page = make_landing("Summer", card(old.pk))
    before = state_of(page)
    with pytest.raises(PermissionDenied):
        swap(page, old.pk, new, user=make_person("stan", "change_product"))
    assert state_of(page) == before


def test_a_locked_page_is_left_alone(old: ProductPage, new: ProductPage) -> None:
    page = make_landing("Summer", card(old.pk))
    LandingPage.objects.filter(pk=page.pk).update(locked=True, locked_by=make_user("lena"))
    before = state_of(page)
    with pytest.raises(CannotSwap, match="It is locked"):
        swap(page, old.pk, new)
    assert state_of(page) == before


def test_a_draft_that_no_longer_shows_it_is_not_touched(old: ProductPage, new: ProductPage) -> None:
    page = make_landing("Summer", card(old.pk))
    save_draft(page, card(new.pk))
    before = state_of(page)
    with pytest.raises(CannotSwap, match="no longer shows this product"):
        swap(page, old.pk, new)
    assert state_of(page) == before


def test_when_the_new_version_cannot_be_published_nothing_is_changed(
    old: ProductPage, new: ProductPage
) -> None:
    shop = make_product_page("Bowl")
    unfinished = {"type": "quote", "id": "q", "value": {"quote": ""}}
    stream = ProductPage._meta.get_field("body").stream_block
    shop.body = stream.to_python([card(old.pk), unfinished])
    shop.save(clean=False)
    before = ProductPage.objects.get(pk=shop.pk).latest_revision_id
    with pytest.raises(ValidationError, match="a part that is not finished"):
        swap_product(
            content=ProductPage.objects.get(pk=shop.pk),
            old_id=old.pk,
            new=new,
            user=make_user("anna", is_superuser=True),
        )
    shop = ProductPage.objects.get(pk=shop.pk)
    assert shop.latest_revision_id == before
    assert not PageLogEntry.objects.filter(action=SWAPPED).exists()


# --- The form -----------------------------------------------------------------------------------


def swap_url(page: Page, old_id: int) -> str:
    args = ["home", "landingpage", page.pk]
    return f"{reverse('product_swap', args=args)}?product={old_id}"


def test_the_form_swaps_says_so_and_leaves_a_line_in_the_history(
    client: Client, old: ProductPage, new: ProductPage
) -> None:
    client.force_login(make_user("anna", is_superuser=True))
    page = make_landing("Summer", card(old.pk), grid(old.pk))
    assert "Mug is sold out." in client.get(swap_url(page, old.pk)).content.decode()
    answer = client.post(swap_url(page, old.pk), {"new": str(new.pk)}, follow=True)
    said = "The product was swapped in 2 places of “Summer”, and that is published."
    assert said in answer.content.decode()
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "“Kettle” was put in the place of “Mug”." in history


def test_what_cannot_be_bought_is_no_replacement(client: Client, old: ProductPage) -> None:
    client.force_login(make_user("anna", is_superuser=True))
    page = make_landing("Summer", card(old.pk))
    before = state_of(page)
    sold_out = make_product_page("Jar", on_hand=0)
    draft = make_product_page("Bowl", live=False)
    for chosen, said in [
        ("", "Choose a product."),
        (old.pk, "Choose another product than the one that is shown now."),
        (sold_out.pk, "Jar is sold out. Choose one that can be bought."),
        (draft.pk, "Choose a product whose page is published."),
        (page.pk, "Choose a product whose page is published."),
    ]:
        answer = client.post(swap_url(page, old.pk), {"new": str(chosen)})
        assert (answer.status_code, said in answer.content.decode()) == (200, True)
    assert state_of(page) == before


def test_the_form_says_which_links_kept_their_words(
    client: Client, old: ProductPage, new: ProductPage
) -> None:
    client.force_login(make_user("anna", is_superuser=True))
    page = make_landing("Summer", card(old.pk), text_with_link(old.pk))
    answer = client.post(swap_url(page, old.pk), {"new": str(new.pk)}, follow=True)
    said = "The words of 1 link stayed: read whether they fit the new product."
    assert said in answer.content.decode()


def test_the_form_is_closed_to_who_may_not_write_there(
    client: Client, old: ProductPage, new: ProductPage
) -> None:
    client.force_login(make_person("stan", "change_product", "view_product"))
    page = make_landing("Summer", card(old.pk))
    before = state_of(page)
    assert client.get(swap_url(page, old.pk)).status_code == 302
    assert client.post(swap_url(page, old.pk), {"new": str(new.pk)}).status_code == 302
    assert state_of(page) == before


@pytest.mark.parametrize(
    "address",
    [
        "/admin/swap/home/landingpage/999/?product=1",
        "/admin/swap/home/landingpage/{pk}/?product=x",
        "/admin/swap/home/landingpage/{pk}/",
        "/admin/swap/products/product/1/?product=1",
        "/admin/swap/wagtailcore/page/{pk}/?product=1",
        "/admin/swap/nowhere/nothing/1/?product=1",
    ],
)
def test_an_address_of_nothing_that_could_be_swapped_is_not_found(
    address: str, client: Client, old: ProductPage
) -> None:
    client.force_login(make_user("anna", is_superuser=True))
    page = make_landing("Summer", card(old.pk))
    assert client.get(address.format(pk=page.pk)).status_code == 404
