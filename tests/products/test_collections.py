"""Collections hold products by hand and by rule, and tell a story."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from home.granting import create_roles
from home.models import HomePage
from products.collections import pages_in
from products.models import Attribute, AttributeChoice, CollectionPage, ProductType
from products.selection import Between, OneOf, ProductOrder, Selection
from tests.factories import make_collection, make_image, make_product_page, make_user

pytestmark = pytest.mark.django_db


def titles(collection: CollectionPage) -> list[str]:
    return [page.title for page in pages_in(collection)]


def test_products_picked_by_hand_keep_their_order(site: HomePage) -> None:
    mug, bowl, cup = (make_product_page(name) for name in ("Mug", "Bowl", "Cup"))
    collection = make_collection(picks=[bowl, mug, cup])
    assert titles(collection) == ["Bowl", "Mug", "Cup"]


def test_picks_that_are_sold_out_stand_last_and_drafts_fall_out(site: HomePage) -> None:
    gone = make_product_page("Gone", on_hand=0)
    draft = make_product_page("Draft", live=False)
    mug = make_product_page("Mug")
    collection = make_collection(picks=[gone, draft, mug])
    assert titles(collection) == ["Mug", "Gone"]


def test_a_rule_adds_what_it_fits_behind_the_picks(site: HomePage) -> None:
    make_product_page("Dear", price="90.00")
    make_product_page("Cheap", price="5.00")
    make_product_page("Fair", price="20.00")
    pick = make_product_page("Pick", price="50.00")
    collection = make_collection(picks=[pick], rule={"price_max": "60", "order": "price-up"})
    assert titles(collection) == ["Pick", "Cheap", "Fair"]


def test_a_limited_rule_adds_only_so_many(site: HomePage) -> None:
    for price in ("5.00", "6.00", "7.00"):
        make_product_page(f"At {price}", price=price)
    collection = make_collection(rule={"order": "price-up", "limit": 2})
    assert titles(collection) == ["At 5.00", "At 6.00"]


def test_a_new_product_joins_by_itself(site: HomePage) -> None:
    collection = make_collection(rule={"in_stock": True})
    assert titles(collection) == []
    make_product_page("Mug")
    assert titles(collection) == ["Mug"]


def test_an_empty_collection_holds_nothing(site: HomePage) -> None:
    make_product_page("Mug")
    assert titles(make_collection()) == []


def test_the_collections_below_add_their_products(site: HomePage) -> None:
    mug, bowl = make_product_page("Mug"), make_product_page("Bowl", price="90.00")
    make_product_page("Neither", price="20.00")
    table = make_collection("Table")
    cups = make_collection("Cups", parent=table, picks=[mug])
    make_collection("Treasures", parent=cups, rule={"price_min": "60"})
    assert set(titles(table)) == {"Mug", "Bowl"}
    assert set(titles(cups)) == {"Mug", "Bowl"}
    table.includes_below = False
    assert titles(table) == []
    cups.unpublish()
    table.includes_below = True
    assert titles(table) == [bowl.title]


def test_the_rule_of_the_editor_becomes_a_selection(site: HomePage) -> None:
    kind = ProductType.objects.create(name="Mug", code="mug")
    tag = Tag.objects.create(name="gift")
    glaze = Attribute.objects.create(name="Glaze", code="glaze", kind="choice")
    moss = AttributeChoice.objects.create(attribute=glaze, label="Moss")
    volume = Attribute.objects.create(name="Volume", code="volume", kind="number")
    collection = make_collection(
        rule={
            "product_types": [kind.pk],
            "tags": [tag.pk, 999_999],
            "choices": [moss.pk],
            "numbers": [{"attribute": volume.pk, "minimum": "250", "maximum": None}],
            "price_max": "40",
            "new_within_days": 30,
            "in_stock": True,
            "order": "name",
            "limit": 8,
        }
    )
    assert collection.selection == Selection(
        type_ids=(kind.pk,),
        tag_ids=(tag.pk,),
        choices=(OneOf(glaze.pk, (moss.pk,)),),
        numbers=(Between(volume.pk, Decimal(250), None),),
        price_max=Decimal(40),
        new_within_days=30,
        in_stock=True,
        order=ProductOrder.NAME,
        limit=8,
    )


def test_a_collection_shows_its_story_and_its_products(site: HomePage, client: Client) -> None:
    collection = make_collection(
        "Slow mornings",
        picks=[make_product_page("Mug", price="24.00", picture=True)],
        intro="<p>Before the mail.</p>",
        cover=make_image(),
        cover_alt="A table by the window",
        body=[("text", {"text": "<p>Water first.</p>"})],
    )
    make_collection("For two", parent=collection)
    assert collection.url == "/collections/slow-mornings/"
    html = client.get(collection.url).content.decode()
    assert html.count("<h1") == 1
    for text in ("Slow mornings", "Before the mail.", "A table by the window", "Water first."):
        assert text in html
    for link in ("/shop/mug/", "/collections/slow-mornings/for-two/", "/collections/"):
        assert f'href="{link}"' in html
    index = client.get("/collections/").content.decode()
    assert 'href="/collections/slow-mornings/"' in index
    assert "For two" not in index


def test_a_collection_costs_the_same_with_2_and_with_40_products(
    site: HomePage, client: Client
) -> None:
    collection = make_collection(rule={"in_stock": True})
    counts = []
    for number in (2, 40):
        for _more in range(number - len(pages_in(collection))):
            make_product_page("Mug", picture=True)
        client.get(collection.url)  # Makes renditions and fills caches.
        with CaptureQueriesContext(connection) as queries:
            assert client.get(collection.url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_collection_is_written_and_previewed_in_the_admin(
    site: HomePage, admin_client: Client
) -> None:
    kind = ProductType.objects.create(name="Mug", code="mug")
    collection = make_collection(rule={"product_types": [kind.pk]})
    html = admin_client.get(f"/admin/pages/{collection.pk}/edit/").content.decode()
    assert "Products by hand" in html
    assert "Of one of these types" in html
    collection.slug = "another"
    response = collection.make_preview_request()
    assert response.status_code == 200


def test_a_choice_says_which_question_it_answers(site: HomePage) -> None:
    glaze = Attribute.objects.create(name="Glaze", code="glaze", kind="choice")
    AttributeChoice.objects.create(attribute=glaze, label="Moss")
    rule = CollectionPage._meta.get_field("rule").stream_block.child_blocks["rule"]
    choice = rule.child_blocks["choices"].child_block
    assert [label for _value, label in choice.field.choices] == ["---------", "Glaze: Moss"]


def test_marketers_may_write_collections_but_no_products(site: HomePage) -> None:
    make_collection()
    create_roles()
    marketer = make_user("mara", group="Marketers")
    client = Client()
    client.force_login(marketer)
    collection, mug = CollectionPage.objects.get(), make_product_page("Mug")
    assert client.get(f"/admin/pages/{collection.pk}/edit/").status_code == 200
    assert client.get(f"/admin/pages/{mug.pk}/edit/").status_code == 302
