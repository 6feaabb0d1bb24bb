"""The demo shop, built once for this module with small copies of its pictures."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from wagtail.models import Page, PageLogEntry, Revision, Site

from checkout.models import ShippingMethod
from home.demo.build import build_demo
from home.demo.build_orders import build_orders
from home.demo.content.orders import ORDERS
from home.demo.pictures import FOLDER
from home.management.commands import load_demo
from home.models import HomePage, LandingIndexPage, LandingPage, StoryIndexPage, StoryPage
from orders.models import Invoice, Order, OrderLine, OutgoingEmail, Refund, SellerSettings, Shipment
from orders.outbox import OUTBOX
from orders.reports.block_sales import sales_by_block
from orders.reports.page_sales import sales_by_page
from orders.status import SOLD, OrderStatus
from products.availability import LOW_STOCK
from products.models import (
    CollectionPage,
    PriceChange,
    Product,
    ProductIndexPage,
    ProductPage,
    ProductVariant,
    StockMovement,
    StockRecord,
)
from products.offers import offers_for_pages, offers_for_skus
from products.prices import change_price
from shopsite.cms.models import BrandSettings, ShopImage, ShopRendition
from shopsite.cms.reports.days import Days
from tests import indexing
from tests.site_tree import leave_welcome_page
from tests.small_pictures import shrink_pictures

# One process takes them all: to build the shop takes half a minute.
pytestmark = [pytest.mark.demo, pytest.mark.django_db, pytest.mark.xdist_group("demo")]

# Written by looking at pages or by signing in, not by load_demo.
NOT_COMPARED = {"ShopRendition", "Session"}


@pytest.fixture(scope="module")
def small_pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    shrink_pictures(FOLDER, folder, longest_side=80)
    return folder


@pytest.fixture(scope="module", autouse=True)
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, small_pictures: Path
) -> Iterator[str]:
    """What `manage.py load_demo` printed. Everything it made is rolled back after the module.

    Each test closes the connection at its end, which would end the transaction around them all.
    """
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(TASKS=indexing.AT_ONCE),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        build_small = partial(build_demo, picture_folder=small_pictures)
        patch.setattr(load_demo, "build_demo", build_small)
        leave_welcome_page()
        output = run()
        patch.setattr(connection, "close", lambda: None)
        yield output
        transaction.set_rollback(True)


def run() -> str:
    stdout, stderr = StringIO(), StringIO()
    call_command("load_demo", stdout=stdout, stderr=stderr)
    assert stderr.getvalue() == ""
    return stdout.getvalue()


def snapshot() -> dict[str, list[dict[str, object]]]:
    """Every row of every table."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model.__name__ not in NOT_COMPARED
    }


def live_pages() -> list[Page]:
    return list(Page.objects.live().public().filter(depth__gt=1).specific())


def test_the_shop_is_complete() -> None:
    counts = {
        model.__name__: model.objects.count()
        for model in (
            HomePage, ProductIndexPage, StoryIndexPage, LandingIndexPage,
            ProductPage, StoryPage, LandingPage, CollectionPage, ShippingMethod, ShopImage,
        )
    }  # fmt: skip
    assert counts == {
        "HomePage": 1,
        "ProductIndexPage": 1,
        "StoryIndexPage": 1,
        "LandingIndexPage": 1,
        "ProductPage": 29,
        "StoryPage": 6,
        "LandingPage": 7,
        "CollectionPage": 7,  # Three of them are templates.
        "ShippingMethod": 3,
        "ShopImage": 50,
    }
    assert Page.objects.live().filter(depth__gt=1).count() == len(live_pages()) == 51


def test_every_variant_has_stock_and_the_first_rows_of_both_logs() -> None:
    assert (Product.objects.count(), ProductVariant.objects.count()) == (29, 43)
    for variant in ProductVariant.objects.select_related("stock"):
        ledger = PriceChange.objects.filter(variant=variant).values_list("price", flat=True)
        before = [variant.reference_price] if variant.reference_price else []
        assert list(ledger) == [variant.price, *before]
        movements = StockMovement.objects.filter(record=variant.stock).order_by("pk")
        assert movements[0].reason == "opening"
        assert sum(movement.on_hand_change for movement in movements) == variant.stock.on_hand
        assert {m.reason for m in movements[1:]} <= {"allocated", "released", "shipped"}
    reduced = ProductVariant.objects.filter(reference_price__isnull=False).order_by("sku")
    assert [(one.sku, one.price, one.reference_price) for one in reduced] == [
        ("FK-BOWLS-3", 64, 76),
        ("FK-POUR-SET", 56, 68),
    ]


def test_every_collection_has_products_also_those_within_others(client: Client) -> None:
    shown = {}
    for page in CollectionPage.objects.order_by("path"):
        listing = client.get(page.url).context["listing"]
        shown[page.url] = listing.page.paginator.count
    assert shown == {
        "/collections/tea/": 14,
        "/collections/tea/matcha/": 3,
        "/collections/coffee/": 2,
        "/collections/table/": 10,
        "/collections/kitchen/": 8,
        "/collections/gifts/": 12,
        "/collections/gifts/under-30/": 5,
    }


def test_every_product_is_of_a_type_and_answers_only_what_its_type_asks() -> None:
    products = Product.objects.select_related("product_type")
    assert {product.product_type is None for product in products} == {False}
    for product in products.prefetch_related("attribute_values__attribute"):
        asked = set(product.product_type.attributes.values_list("code", flat=True))
        answered = {value.attribute.code for value in product.attribute_values.all()}
        assert answered <= asked, product.name
        assert product.tags.count() >= 2
    mug = products.get(name="Speckled Mug")
    details = [str(value) for value in mug.attribute_values.select_related("attribute")]
    assert details == [
        "Material: Stoneware",
        "Capacity: 320 ml",
        "Dishwasher safe: Yes",
        "Made in: Germany",
        "Height: 9 cm",
    ]


def test_running_again_changes_no_row() -> None:
    before = snapshot()
    output = run()
    assert "nothing was changed" in output
    assert snapshot() == before


def test_running_again_keeps_what_people_changed_since(small_pictures: Path) -> None:
    story = StoryPage.objects.get(slug="matcha-in-four-minutes")
    story.title, story.slug = "Matcha, quickly", "matcha-quickly"
    story.save_revision().publish()
    variant = ProductVariant.objects.get(sku="FK-MUG-OAT")
    change_price(variant=variant, price=variant.price + 1, user=None)
    ProductPage.objects.get(slug="round-ash-tray").delete()
    brand = BrandSettings.load()
    brand.announcement = ""
    brand.save()
    get_user_model().objects.get(username="clerk").groups.clear()
    before = snapshot()
    run()
    assert snapshot() == before


def test_a_deleted_story_comes_back_as_it_was() -> None:
    before = StoryPage.objects.get(slug="the-kettle-comes-first")
    body = before.body.get_prep_value()
    before.delete()
    assert "nothing was changed" not in run()
    after = StoryPage.objects.get(slug="the-kettle-comes-first")
    assert after.live
    assert after.pk != before.pk
    assert after.body.get_prep_value() == body
    assert ShopImage.objects.count() == 50


def test_the_site_stands_on_the_home_page() -> None:
    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("testserver", 80, True)
    assert site.root_page.specific == HomePage.objects.get()
    urls = {page.url for page in live_pages()}
    assert {"/", "/shop/", "/shop/speckled-mug/", "/stories/", "/campaigns/"} <= urls
    in_menus = Page.objects.in_menu().values_list("slug", flat=True)
    assert sorted(in_menus) == ["shop", "stories"]


def test_the_site_follows_the_address_the_demo_is_started_on(settings: object) -> None:
    settings.SITE_URL = "http://localhost:8123"
    run()
    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_page.specific) == (
        "localhost",
        8123,
        HomePage.objects.get(),
    )
    assert ProductPage.objects.get(slug="speckled-mug").full_url == (
        "http://localhost:8123/shop/speckled-mug/"
    )
    Site.clear_site_root_paths_cache()  # The rollback of the row does not reach the cache.


def test_every_page_answers_a_stranger_and_gives_no_cookie(client: Client) -> None:
    answers = {}
    for page in live_pages():
        response = client.get(page.url)
        answers[page.url] = (response.status_code, dict(response.cookies))
    assert set(map(str, answers.values())) == {"(200, {})"}
    assert len(answers) == 51


def test_every_product_page_says_what_it_costs_and_how_much_there_is(client: Client) -> None:
    pages = list(ProductPage.objects.all())
    offers = offers_for_pages(pages)
    for page in pages:
        html = client.get(page.url).content.decode()
        cheapest = min(offer.price for offer in offers[page.pk])
        assert str(cheapest) in html
        for offer in offers[page.pk]:
            assert offer.sku in html
            if offer.availability.code != "in_stock":
                assert offer.availability.label in html


def test_stock_is_there_in_every_state() -> None:
    offers = offers_for_pages(ProductPage.objects.all())
    codes = Counter(offer.availability.code for some in offers.values() for offer in some)
    assert codes == {"in_stock": 28, "low_stock": 9, "sold_out": 5}
    assert offers_for_skus(["FK-JUG-SLATE"])["FK-JUG-SLATE"].availability.code == "unavailable"
    promised = StockRecord.objects.filter(allocated__gt=0)
    assert not promised.filter(allocated__gte=F("on_hand") - LOW_STOCK).exists()


def test_there_are_orders_in_every_state_with_the_dates_of_their_days() -> None:
    orders = list(Order.objects.order_by("created_at"))
    assert Counter(order.status for order in orders) == {
        "paid": 3, "partly_shipped": 1, "shipped": 1, "delivered": 1, "awaiting_payment": 1,
        "expired": 1, "canceled": 2, "review": 1,
    }  # fmt: skip
    for order in orders:
        assert order.number.startswith(f"{timezone.localdate(order.created_at):%y%m%d}-")
        assert order.checkout_token.startswith("demo-")
        assert order.total == order.subtotal + order.shipping_total
        lines = order.lines.all()
        assert sum(line.line_total for line in lines) == order.subtotal
        assert {event.created_at >= order.created_at for event in order.events.all()} == {True}
    days = {timezone.localdate(order.created_at) for order in orders}
    assert len(days) >= 6
    assert max(order.created_at for order in orders) < timezone.now()
    refunds = Refund.objects.filter(amount__gt=0).order_by("amount")
    assert [(str(refund.amount), refund.state) for refund in refunds] == [
        ("28.000", "succeeded"), ("60.700", "succeeded"),
    ]  # fmt: skip


def test_what_was_ordered_says_where_it_was_added() -> None:
    sold = [(row.name, row.kind) for row in sales_by_page(Days(None, None)) if row.revenue]
    names = dict(sold)
    assert names["A slow pour on Sunday"] == names["Matcha in four minutes"] == "Story"
    assert names["Breakfast in bed"] == "Landing page"
    assert names["The Slow Kitchen"] == "Product page"
    assert "Not known" not in names
    story = StoryPage.objects.get(slug="matcha-in-four-minutes")
    assert [(row.name, row.is_there) for row in sales_by_block(Days(None, None), story.pk)] == [
        ("Story basket: Shop this bowl", True)
    ]
    assert not OrderLine.objects.filter(source_revision_id=None).exists()


def test_orders_that_were_not_paid_give_their_stock_back() -> None:
    held = {
        order.status: sum(line.allocated for line in order.lines.all())
        for order in Order.objects.filter(status__in=("expired", "canceled", "awaiting_payment"))
    }
    assert held == {"expired": 0, "canceled": 0, "awaiting_payment": 4}
    for record in StockRecord.objects.all():
        lines = OrderLine.objects.filter(variant=record.variant)
        assert record.allocated == sum(line.allocated for line in lines)


def test_invoices_are_numbered_without_gaps_in_the_order_of_their_payments() -> None:
    invoices = Invoice.objects.order_by("issued_at")
    # One was paid, invoiced and canceled.
    assert {invoice.order.status for invoice in invoices} == SOLD | {OrderStatus.CANCELED}
    by_year: dict[int, list[str]] = {}
    for invoice in invoices:
        by_year.setdefault(timezone.localtime(invoice.issued_at).year, []).append(invoice.number)
        assert invoice.issued_at == invoice.order.paid_at
    for year, numbers in by_year.items():
        assert numbers == [f"FK-{year}-{n:05d}" for n in range(1, len(numbers) + 1)]


def test_nobody_gets_the_mails_of_orders_that_never_were() -> None:
    assert mail.outbox == []
    states = set(OutgoingEmail.objects.values_list("state", flat=True))
    assert (states, OUTBOX.due().count()) == ({"sent"}, 0)


def test_an_order_whose_goods_are_gone_is_left_out() -> None:
    gone = replace(ORDERS[0], key="never", items=(("FK-KYUSU-RED", 1),))
    build_orders([gone, replace(gone, items=(("FK-NOT-THERE", 1),))])
    assert not Order.objects.filter(checkout_token__startswith="demo-never").exists()


def test_every_page_passes_the_checks_of_its_editor() -> None:
    for page in live_pages():
        page.full_clean()
        if hasattr(page, "body"):
            page.body.stream_block.clean(page.body)
        assert page.search_description, page.title


def test_every_block_of_the_library_is_used() -> None:
    used = {block.block_type for page in live_pages() for block in getattr(page, "body", ())}
    assert used == set(HomePage.body.field.stream_block.child_blocks)


def test_no_picture_is_without_words() -> None:
    assert not ShopImage.objects.filter(description="").exists()
    for page in ProductPage.objects.all():
        assert page.pictures.count() >= 1
        assert all(picture.alt_text for picture in page.pictures.all())
    assert not StoryPage.objects.filter(cover_alt="").exists()


def test_pages_have_a_history_with_their_author() -> None:
    campaigns = LandingPage.objects.live().exclude(slug="terms")
    authors = (
        (ProductPage.objects.all(), "editor", "editor"),
        (StoryPage.objects.all(), "editor", "chief"),
        (campaigns, "marketer", "marketer"),
        (LandingPage.objects.filter(slug="terms"), "admin", "admin"),
    )
    for pages, author, publisher in authors:
        assert pages
        for page in pages:
            entries = PageLogEntry.objects.filter(page=page).order_by("pk")
            history = [(entry.action, entry.user.get_username()) for entry in entries]
            assert history == [("wagtail.create", author), ("wagtail.publish", publisher)]
            assert Revision.objects.for_instance(page).get() == page.live_revision


def test_the_checkout_links_the_terms_of_sale() -> None:
    terms = SellerSettings.load().terms_page
    assert terms is not None
    assert terms.url == "/terms/"


def test_lists_show_the_newest_first(client: Client) -> None:
    html = client.get("/shop/").content.decode()
    titles = ["Fern Gift Box", "Moss Matcha Bowl", "Speckled Mug", "Linen Tea Towel"]
    places = [html.index(f">{title}<") for title in titles]
    assert places == sorted(places)


def test_people_have_their_groups() -> None:
    users = get_user_model().objects.order_by("username")
    assert {
        user.username: (user.is_superuser, [group.name for group in user.groups.all()])
        for user in users
    } == {
        "accountant": (False, ["Accountants"]),
        "admin": (True, []),
        "chief": (False, ["Editors in chief"]),
        "clerk": (False, ["Shop staff"]),
        "editor": (False, ["Editors"]),
        "marketer": (False, ["Marketers"]),
    }


@pytest.mark.parametrize("name", ["editor", "chief", "marketer", "clerk", "accountant", "admin"])
def test_people_can_sign_in_with_what_is_printed(name: str, demo: str, client: Client) -> None:
    assert f"{name} / {name}\n" in demo
    client.post("/admin/login/", {"username": name, "password": name})
    assert client.get("/admin/").status_code == 200


def test_pages_get_their_pictures_while_the_demo_is_built() -> None:
    specs = Counter(ShopRendition.objects.values_list("image_id", flat=True))
    assert set(specs) == set(ShopImage.objects.values_list("pk", flat=True))


def test_the_shop_has_its_name_and_its_seller() -> None:
    assert BrandSettings.load().announcement == "Free delivery within Germany from €60."
    assert SellerSettings.load().legal_name == "Fern & Kettle GmbH"
    methods = ShippingMethod.objects.order_by("sort_order")
    assert [(m.name, str(m.price), m.serves("DE"), m.serves("AT")) for m in methods] == [
        ("Standard parcel", "4.900", True, False),
        ("Express", "12.900", True, False),
        ("EU parcel", "9.900", False, True),
    ]
    assert len(methods[2].countries) == 26


def test_outside_a_demo_it_refuses_and_writes_nothing(settings: object) -> None:
    settings.DEMO = False
    StoryPage.objects.all().delete()
    before = snapshot()
    assert "home.HomePage" in before
    with pytest.raises(CommandError, match="This is not a demo"):
        call_command("load_demo")
    assert snapshot() == before


def test_parcels_of_the_demo_can_be_followed_and_left_the_shelf_in_their_time() -> None:
    parcels = Shipment.objects.order_by("created_at")
    assert [(parcel.order.status, parcel.lines.count()) for parcel in parcels] == [
        ("delivered", 2), ("shipped", 2), ("partly_shipped", 1),
    ]  # fmt: skip
    for parcel in parcels:
        assert (
            parcel.tracking_url == f"https://parcels.example/follow?number={parcel.tracking_number}"
        )
        assert parcel.order.paid_at is not None
        assert parcel.order.paid_at < parcel.created_at < timezone.now()


def test_no_two_blocks_of_a_page_share_an_id() -> None:
    for page in ProductPage.objects.all():
        ids = [child.id for stream in (page.body, page.after_purchase) for child in stream]
        assert len(ids) == len(set(ids)), page
