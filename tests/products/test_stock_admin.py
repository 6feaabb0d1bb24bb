import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from products.models import StockMovement, StockRecord
from products.order_stock import allocate_stock, ship_stock
from products.stock import adjust_stock
from tests.factories import make_product
from tests.products.makers import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> StockRecord:
    return make_product("Mug", sku="MUG-1", on_hand=10).stock


@pytest.fixture
def olga() -> User:
    return make_person("olga", "change_stockrecord", "view_stockmovement")


@pytest.fixture
def admin(client: Client, olga: User) -> Client:
    client.force_login(olga)
    return client


def url_of(record: StockRecord) -> str:
    return reverse("stock_admin:edit", args=[record.pk])


def numbers(record: StockRecord) -> tuple[int, int]:
    record.refresh_from_db()
    return record.on_hand, record.allocated


def counted(number: object, *, seen: object, note: str = "") -> dict[str, object]:
    return {
        "count-counted": number,
        "count-seen": seen,
        "count-note": note,
        "action-count": "1",
    }


def adjusted(quantity: object, *, direction: str, reason: str) -> dict[str, object]:
    return {
        "adjust-direction": direction,
        "adjust-quantity": quantity,
        "adjust-reason": reason,
        "adjust-note": "",
        "action-adjust": "1",
    }


def test_the_page_shows_the_numbers_and_carries_the_one_that_was_seen(
    admin: Client, record: StockRecord
) -> None:
    allocate_stock(quantities={record.variant_id: 3}, reference="F1")
    response = admin.get(url_of(record))
    html = response.content.decode()
    assert [f"<td>{number}</td>" in html for number in (10, 3, 7)] == [True, True, True]
    assert response.context["count_form"]["seen"].value() == 10
    assert "Promised to an order" in html


def test_a_count_sets_the_number_and_says_who_and_why(
    admin: Client, record: StockRecord, olga: User
) -> None:
    response = admin.post(url_of(record), counted(7, seen=10, note="Yearly count"))
    assert response["Location"] == url_of(record)
    assert numbers(record) == (7, 0)
    movement = StockMovement.objects.get()
    assert (movement.reason, movement.on_hand_change, movement.note, movement.user) == (
        "counted", -3, "Yearly count", olga,
    )  # fmt: skip
    assert "there are 7 on hand now" in admin.get(url_of(record)).content.decode()


def test_a_count_of_a_number_that_moved_writes_nothing_and_shows_the_new_one(
    admin: Client, record: StockRecord
) -> None:
    adjust_stock(record=record, change=5, reason=StockMovement.Reason.RECEIVED, user=None)
    response = admin.post(url_of(record), counted(9, seen=10))
    assert response.status_code == 200
    form = response.context["count_form"]
    text = "The stock changed while you were counting: there are 15 on hand now. "
    assert form.errors["counted"] == [text + "Nothing was changed. Please look again."]
    assert form["seen"].value() == "15"
    assert numbers(record) == (15, 0)
    assert StockMovement.objects.count() == 1
    # Having been told, the same person counts again from the new number.
    admin.post(url_of(record), counted(14, seen=form["seen"].value()))
    assert numbers(record) == (14, 0)


def test_what_is_promised_cannot_be_counted_away(admin: Client, record: StockRecord) -> None:
    allocate_stock(quantities={record.variant_id: 4}, reference="F1")
    response = admin.post(url_of(record), counted(3, seen=10))
    assert "4 pieces are promised to orders" in response.context["count_form"].errors["counted"][0]
    assert numbers(record) == (10, 4)


@pytest.mark.parametrize(
    ("number", "seen", "text"),
    [
        ("", 10, "Enter a number."),
        ("-1", 10, "Enter 0 or more."),
        ("many", 10, "Enter a whole number."),
        ("10000000", 10, "That is more than 1000000. Please check the number."),
        ("9", "", "This form is incomplete. Please open the page again."),
        ("9", "x", "This form is incomplete. Please open the page again."),
    ],
)
def test_a_count_that_is_no_number_changes_nothing(
    number: str, seen: object, text: str, admin: Client, record: StockRecord
) -> None:
    response = admin.post(url_of(record), counted(number, seen=seen))
    assert response.context["count_form"].errors["counted"] == [text]
    assert numbers(record) == (10, 0)
    assert not StockMovement.objects.exists()


def test_adding_works_on_the_number_of_the_moment(
    admin: Client, record: StockRecord, olga: User
) -> None:
    admin.get(url_of(record))
    StockRecord.objects.update(on_hand=20)
    admin.post(url_of(record), adjusted(5, direction="add", reason="received"))
    assert numbers(record) == (25, 0)
    movement = StockMovement.objects.get()
    assert (movement.reason, movement.on_hand_change, movement.user) == ("received", 5, olga)


def test_removing_takes_off_the_shelf(admin: Client, record: StockRecord) -> None:
    admin.post(url_of(record), adjusted(4, direction="remove", reason="damaged"))
    assert numbers(record) == (6, 0)
    assert StockMovement.objects.get().on_hand_change == -4


def test_less_than_promised_cannot_remain(admin: Client, record: StockRecord) -> None:
    allocate_stock(quantities={record.variant_id: 8}, reference="F1")
    response = admin.post(url_of(record), adjusted(3, direction="remove", reason="damaged"))
    assert response.context["adjust_form"].errors["quantity"] == [
        (
            "8 pieces are promised to orders that have not been shipped, so there must be at "
            "least as many. Nothing was changed."
        )
    ]
    assert numbers(record) == (10, 8)
    assert StockMovement.objects.count() == 1


@pytest.mark.parametrize(
    ("quantity", "direction", "reason", "field", "text"),
    [
        ("0", "add", "received", "quantity", "Enter 1 or more."),
        ("-5", "add", "received", "quantity", "Enter 1 or more."),
        ("5", "remove", "received", "reason", "That is a reason for pieces that come in."),
        ("5", "add", "damaged", "reason", "That is a reason for pieces that go out."),
        ("5", "add", "allocated", "reason", "Select a valid choice."),
        ("5", "sideways", "received", "direction", "Select a valid choice."),
    ],
)
def test_an_adjustment_that_makes_no_sense_changes_nothing(
    quantity: str,
    direction: str,
    reason: str,
    field: str,
    text: str,
    admin: Client,
    record: StockRecord,
) -> None:
    data = adjusted(quantity, direction=direction, reason=reason)
    errors = admin.post(url_of(record), data).context["adjust_form"].errors
    assert list(errors) == [field]
    assert errors[field][0].startswith(text)
    assert numbers(record) == (10, 0)


@pytest.mark.parametrize("permissions", [(), ("view_stockrecord",), ("change_productvariant",)])
def test_stock_is_changed_only_by_who_may(
    permissions: tuple[str, ...], client: Client, record: StockRecord
) -> None:
    client.force_login(make_person("sam", *permissions))
    assert client.post(url_of(record), counted(7, seen=10))["Location"] == "/admin/"
    assert client.get(url_of(record))["Location"] == "/admin/"
    assert numbers(record) == (10, 0)


def test_shipping_takes_what_was_promised_off_the_shelf(record: StockRecord) -> None:
    allocate_stock(quantities={record.variant_id: 4}, reference="F1")
    ship_stock(quantities={record.variant_id: 3, 999: 1}, reference="F1")
    assert numbers(record) == (7, 1)
    movement = StockMovement.objects.first()
    assert (movement.reason, movement.on_hand_change, movement.allocated_change) == (
        "shipped", -3, -3,
    )  # fmt: skip
    assert movement.reference == "F1"


def skus(response: object) -> list[str]:
    return [record.variant.sku for record in response.context["object_list"]]  # type: ignore[attr-defined]


def test_the_listing_finds_what_runs_low_and_what_is_gone(admin: Client) -> None:
    for sku, on_hand, allocated in [("A", 6, 0), ("B", 9, 4), ("C", 3, 3), ("D", 0, 0)]:
        variant = make_product(sku, sku=sku, on_hand=on_hand)
        if allocated:
            allocate_stock(quantities={variant.pk: allocated}, reference="F1")
    assert skus(admin.get("/admin/stock/")) == ["A", "B", "C", "D"]
    assert skus(admin.get("/admin/stock/?state=low")) == ["B"]
    assert skus(admin.get("/admin/stock/?state=none")) == ["C", "D"]
    assert skus(admin.get("/admin/stock/?ordering=-free")) == ["A", "B", "C", "D"]
    assert skus(admin.get("/admin/stock/?q=b")) == ["B"]


def test_the_log_shows_one_variant_and_cannot_be_edited(admin: Client) -> None:
    first, second = make_product(sku="A"), make_product(sku="B")
    for variant in (first, second):
        allocate_stock(quantities={variant.pk: 1}, reference=f"F-{variant.sku}")
    response = admin.get(f"/admin/stock-log/?record={first.stock.pk}")
    assert [movement.reference for movement in response.context["object_list"]] == ["F-A"]
    everything = admin.get("/admin/stock-log/")
    assert len(everything.context["object_list"]) == 2
    movement = StockMovement.objects.first()
    for url in ("new/", f"edit/{movement.pk}/", f"delete/{movement.pk}/"):
        assert admin.post(f"/admin/stock-log/{url}").status_code == 404
    assert StockMovement.objects.count() == 2


def test_the_log_asks_no_more_for_more_movements(
    admin: Client, olga: User, record: StockRecord, django_assert_num_queries
) -> None:
    reason = StockMovement.Reason.RECEIVED
    adjust_stock(record=record, change=1, reason=reason, user=olga)
    admin.get("/admin/stock-log/")
    with CaptureQueriesContext(connection) as one:
        admin.get("/admin/stock-log/")
    for change in (2, 3, 4):
        adjust_stock(record=record, change=change, reason=reason, user=olga)
    with django_assert_num_queries(len(one)):
        assert admin.get("/admin/stock-log/").context["object_list"].count() == 4
