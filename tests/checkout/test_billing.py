"""Where the bill goes: asked for only when somebody wants it, kept as it was given."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from checkout.forms import contact_of
from orders.invoices import issue_invoice
from orders.models import BillingAddress, Order
from orders.papers import paper_pdf
from tests.checkout.test_checkout_form import errors, ready  # noqa: F401
from tests.factories import make_order
from tests.flows.conftest import sandbox, shipping, shopper  # noqa: F401
from tests.flows.shopper import Shopper
from tests.orders.conftest import clerk  # noqa: F401
from tests.orders.desk import page_of

COMPANY = {"bill_elsewhere": "on", "billing_company": "Tea & Co.", "billing_vat_id": "136 695 976"}
AWAY = {
    "billing_name": "Bo Berg",
    "billing_address_line1": "Rue du Thé 1",
    "billing_postal_code": "75001",
    "billing_city": "Paris",
    "billing_country": "FR",
}


def test_without_the_box_there_is_no_second_address(ready: Shopper) -> None:  # noqa: F811
    order, _session = ready.check_out()
    assert order.billing_or_none is None
    assert order.billing_lines == order.address_lines


def test_what_stands_in_closed_fields_does_not_count(ready: Shopper) -> None:  # noqa: F811
    typed = {"billing_company": "Tea & Co.", "billing_vat_id": "DE1", "billing_city": "A\x1bB"}
    order, _session = ready.check_out(**typed)
    assert not BillingAddress.objects.exists()
    assert order.status == "awaiting_payment"


def test_a_company_may_have_the_address_of_the_delivery(ready: Shopper) -> None:  # noqa: F811
    order, _session = ready.check_out(**COMPANY)
    assert order.billing_lines == [
        "Tea & Co.", "Gartenweg 3", "10115 Berlin", "Germany", "VAT ID DE136695976",
    ]  # fmt: skip
    assert order.address_lines == ["Alice Arnold", "Gartenweg 3", "10115 Berlin", "Germany"]


def test_a_bill_may_go_to_another_country(ready: Shopper) -> None:  # noqa: F811
    order, _session = ready.check_out(bill_elsewhere="on", **AWAY)
    assert order.billing_lines == ["Bo Berg", "Rue du Thé 1", "75001 Paris", "France"]
    assert (order.country.code, order.billing.vat_id) == ("DE", "")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({}, {"billing_company": ["Please enter the company, or a name below."]}),
        (
            {"billing_company": "Tea & Co.", "billing_country": "FR"},
            {
                "billing_address_line1": ["Please enter street and number."],
                "billing_city": ["Please enter the city."],
                "billing_postal_code": ["Please enter the postal code."],
            },
        ),
        (
            AWAY | {"billing_postal_code": "7500"},
            {"billing_postal_code": ["In France a postal code looks like 33380."]},
        ),
        (
            {"billing_company": "Tea & Co.", "billing_vat_id": "DE136695977"},
            {
                "billing_vat_id": [
                    (
                        "This VAT ID is not valid. Please check the digits and the letters of the "
                        "country in front of them."
                    )
                ]
            },
        ),
        (
            {"billing_company": "A\x1bB"},
            {"billing_company": ["This contains characters that cannot be used here."]},
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    ready: Shopper,  # noqa: F811
    typed: dict[str, str],
    found: dict[str, list[str]],
) -> None:
    assert errors(ready, bill_elsewhere="on", **typed) == found


def test_the_box_stays_as_it_was_when_delivery_is_asked_for_again(ready: Shopper) -> None:  # noqa: F811
    order, _session = ready.check_out(**COMPANY)
    form = ready.client.get("/checkout/").context["form"]
    assert form["bill_elsewhere"].value() is True
    assert form["billing_vat_id"].value() == "DE136695976"
    assert contact_of(order)["billing_city"] == "Berlin"
    sent = {**ready.contact, "update": "1", **COMPANY}
    del sent["bill_elsewhere"]
    form = ready.client.post("/checkout/", sent).context["form"]
    assert not form["bill_elsewhere"].value()
    assert form["billing_company"].value() == "Tea & Co."


def test_another_bill_is_another_submission(ready: Shopper) -> None:  # noqa: F811
    form = ready.checkout_form()
    ready.send(form)
    ready.send({**form, **COMPANY})
    first, second = Order.objects.order_by("pk")
    assert (first.status, second.billing.company) == ("canceled", "Tea & Co.")


@pytest.fixture
def billed(db: None) -> Order:
    order = make_order(status="paid")
    BillingAddress.objects.create(
        order=order, company="<b>Tea</b>", vat_id="FR61954506077", address_line1="Rue 1",
        postal_code="75001", city="Paris", country="FR",
    )  # fmt: skip
    return order


def test_the_invoice_says_who_is_billed_and_who_gets_the_parcel(billed: Order) -> None:
    invoice = issue_invoice(billed)
    assert invoice.document["bill_to"] == [
        "<b>Tea</b>", "Rue 1", "75001 Paris", "France", "VAT ID FR61954506077",
    ]  # fmt: skip
    assert invoice.document["ship_to"][0] == "Alice Arnold"
    text = " ".join(PdfReader(BytesIO(paper_pdf(invoice))).pages[0].extract_text().split())
    for words in ("BILLED TO", "SHIPPED TO", "VAT ID FR61954506077", "Alice Arnold"):
        assert words in text


def test_the_shopper_and_the_desk_see_where_the_bill_goes(
    billed: Order,
    clerk: Client,  # noqa: F811
) -> None:
    for address in (billed.get_absolute_url(), page_of(billed)):
        html = " ".join(clerk.get(address).content.decode().split())
        assert "Bill to" in html
        assert "&lt;b&gt;Tea&lt;/b&gt;" in html
        assert "VAT ID FR61954506077" in html
