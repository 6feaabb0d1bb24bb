"""The staff hears of each thing that runs low once, until there is plenty of it again."""

import pytest
from django.core import mail

from home.models import HomePage
from orders import low_stock
from orders.low_stock import PLENTY, tell_low_stock
from orders.models import LowVariant, SellerSettings, StockNotice
from orders.tasks import tell_low_stock as task
from products.models import ProductPage, ProductVariant, StockRecord
from tests.factories import make_product, make_product_page


@pytest.fixture
def mug(site: HomePage) -> ProductPage:
    return make_product_page("Mug", sku="MUG", on_hand=5)


def told() -> list[list[str]]:
    """The SKUs of each mail."""
    return [[line["sku"] for line in one.lines] for one in StockNotice.objects.order_by("pk")]


def test_a_thing_is_told_of_once_however_little_is_left_later(mug: ProductPage) -> None:
    assert tell_low_stock() == 1
    StockRecord.objects.update(on_hand=0)
    assert tell_low_stock() == 0
    assert told() == [["MUG"]]


def test_what_is_promised_to_orders_does_not_count_as_left(mug: ProductPage) -> None:
    StockRecord.objects.update(on_hand=9, allocated=4)
    assert tell_low_stock() == 1
    [line] = StockNotice.objects.get().lines
    assert line == {
        "product": mug.product_id,
        "sku": "MUG",
        "title": "Mug",
        "options_label": "",
        "left": 5,
    }


def test_after_it_was_stocked_up_a_thing_is_told_of_again(mug: ProductPage) -> None:
    tell_low_stock()
    for on_hand, mails in ((PLENTY, 1), (5, 1), (PLENTY + 1, 1), (5, 2)):
        StockRecord.objects.update(on_hand=on_hand)
        tell_low_stock()
        assert StockNotice.objects.count() == mails, on_hand
    assert told() == [["MUG"], ["MUG"]]


def test_nobody_hears_of_what_is_plenty_not_for_sale_or_has_no_page(site: HomePage) -> None:
    make_product_page("Plenty", on_hand=6)
    make_product_page("Draft", on_hand=1, live=False)
    make_product("Without a page", on_hand=1)
    make_product_page("Off", sku="OFF", on_hand=1)
    ProductVariant.objects.filter(sku="OFF").update(is_active=False)
    assert tell_low_stock() == 0
    assert told() == []


def test_several_stand_in_one_mail_and_what_is_sold_out_comes_first(mug: ProductPage) -> None:
    make_product_page("Bowl", sku="BOWL", on_hand=0)
    make_product_page("Tray", sku="TRAY", on_hand=3)
    task()
    assert told() == [["BOWL", "TRAY", "MUG"]]
    [message] = mail.outbox
    assert message.to == [SellerSettings.load().staff_email]
    assert message.subject == "Low stock: 3 variants"
    assert "* Bowl, BOWL: Sold out" in message.body
    assert "* Tray, TRAY: 3" in message.body
    assert "/admin/" in message.body


def test_a_long_list_is_cut_in_the_mail_and_says_so(site: HomePage) -> None:
    line = {"sku": "A", "title": "A", "options_label": "", "left": 1}
    notice = StockNotice.objects.create(lines=[line] * 52)
    message = low_stock.STOCK_OUTBOX.build(notice)
    assert message.body.count("* A, A: 1") == 50
    assert "And 2 more." in message.body


@pytest.mark.django_db(transaction=True)
def test_of_two_runs_at_once_one_writes(monkeypatch: pytest.MonkeyPatch, mug: ProductPage) -> None:
    """The second has read before the first wrote."""
    seen = list(low_stock._news())
    assert tell_low_stock() == 1
    monkeypatch.setattr(low_stock, "_news", lambda: seen)
    assert tell_low_stock() == 0
    assert told() == [["MUG"]]
    assert LowVariant.objects.count() == 1
