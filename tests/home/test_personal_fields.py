"""Somebody has decided about each field that can hold a text: it is nobody's, or it is shown to its
owner and erased; and what is said to be erased is gone from every table."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from checkout.models import WebhookEvent
from customers.customer_data import erase_customer_data, find_customer_data
from customers.models import Customer, CustomerEmail, Kind
from home.impersonal_fields import IMPERSONAL, WRITTEN_BY_THE_SHOP
from home.models import HomePage
from orders.models import (
    BillingAddress,
    CreditNote,
    Invoice,
    Order,
    OrderEvent,
    OutgoingEmail,
    Payment,
    PaymentAttempt,
    Refund,
    Shipment,
)
from orders.order_search import with_words
from orders.status import AttemptState, OrderStatus
from shopsite.cms.personal_data import all_parts
from shopsite.contact.models import FormSubmission, NewsletterSubscription
from tests.factories import make_order

OURS = ("checkout", "customers", "home", "orders", "products", "shopsite")
TEXTUAL = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.BinaryField,
    models.UUIDField,
    models.GenericIPAddressField,
)
MARK = "zqx"  # In no word of any language.
EMAIL = f"{MARK}@example.com"


def textual_fields(model: type[models.Model]) -> set[str]:
    fields = model._meta.local_concrete_fields
    return {field.name for field in fields if isinstance(field, TEXTUAL)}


def decided() -> dict[str, list[str]]:
    """Fields by model, once for each time that they are named."""
    named = {label: names.split() for label, names in IMPERSONAL.items()}
    for part in all_parts():
        for table in (part.fields, part.kept or {}):
            for label, names in table.items():
                named.setdefault(label, []).extend(names)
    return named


def test_somebody_has_decided_about_every_field_that_can_hold_a_text() -> None:
    named = decided()
    ours = [one for one in apps.get_models() if one.__module__.partition(".")[0] in OURS]
    undecided = {
        f"{model._meta.label}.{name}"
        for model in ours
        if model._meta.app_label not in WRITTEN_BY_THE_SHOP
        for name in textual_fields(model) - set(named.get(model._meta.label, []))
    }

    assert len(ours) > 50
    assert undecided == set()


def test_no_field_is_decided_about_twice_or_does_not_exist() -> None:
    for label, names in decided().items():
        fields = {field.name for field in apps.get_model(label)._meta.concrete_fields}
        assert sorted(names) == sorted(set(names) & fields), label


def test_what_points_at_something_is_erased_before_it() -> None:
    codes = [part.code for part in all_parts()]

    assert codes.index("stripe_events") < codes.index("orders")
    assert codes.index("links") < codes.index("orders")


# --- Somebody whose every word is MARK -------------------------------------------------------


@pytest.fixture
def somebody(site: HomePage) -> Order:
    order = make_order(
        email=EMAIL.upper(), name=MARK, phone=MARK, address_line1=MARK, address_line2=MARK,
        postal_code=MARK, city=MARK, region=MARK, note=MARK, status=OrderStatus.SHIPPED,
        token=f"{MARK}-token", checkout_token=f"{MARK}-checkout", paid_at=timezone.now(),
    )  # fmt: skip
    BillingAddress.objects.create(
        order=order, company=MARK, vat_id=MARK, name=MARK, address_line1=MARK,
        address_line2=MARK, postal_code=MARK, city=MARK, region=MARK, country="DE",
    )  # fmt: skip
    PaymentAttempt.objects.create(
        order=order, number=1, idempotency_key="k1", request={"customer_email": EMAIL},
        url=f"https://pay.example/{MARK}", state=AttemptState.COMPLETE,
        expires_at=timezone.now(),
    )  # fmt: skip
    payment = Payment.objects.create(
        order=order, payment_intent="pi_1", amount="28.90", currency="EUR"
    )
    refund = Refund.objects.create(
        order=order, payment=payment, stripe_id="re_1", amount="1", currency="EUR",
        state="succeeded", note=MARK,
    )  # fmt: skip
    Shipment.objects.create(order=order, tracking_number=MARK, tracking_url=f"https://x/{MARK}")
    OrderEvent.objects.create(order=order, kind=OrderEvent.Kind.SHIPMENT, text=MARK, source="desk")
    OutgoingEmail.objects.create(order=order, kind=OutgoingEmail.Kind.SHIPPED)
    WebhookEvent.objects.create(
        event_id="evt_1", type="refund.created", state="applied", order=order,
        created_at=timezone.now(), facts={"reference": MARK}, object_id=MARK, payment_intent=MARK,
    )  # fmt: skip
    Customer.objects.create(email=EMAIL)
    CustomerEmail.objects.create(kind=Kind.ORDER_LINKS, email=EMAIL, slot=MARK)
    FormSubmission.objects.create(
        form_title="Ask us", sender_email=EMAIL, digest=MARK,
        answers=[{"label": "Name", "value": MARK}],
    )  # fmt: skip
    NewsletterSubscription.objects.create(
        email=EMAIL, token=MARK, consent_text="Yes", source_address=f"/{MARK}/",
        requested_at=timezone.now(),
    )  # fmt: skip
    ModelLogEntry.objects.log_action(order, "wagtail.delete", title=EMAIL)
    invoice = Invoice.objects.create(
        order=order, number="INV-1", document={"bill_to": [MARK]}, issued_at=timezone.now(),
        file_name=f"{MARK}.pdf", sha256="0" * 64,
    )  # fmt: skip
    CreditNote.objects.create(
        refund=refund, invoice=invoice, number="CN-1", document={"bill_to": [MARK]}, taxes=[],
        issued_at=timezone.now(), file_name=f"{MARK}.pdf", sha256="0" * 64,
    )  # fmt: skip
    return order


def columns_with_mark() -> set[str]:
    """Each column of each table of the database, whoever's it is, in which MARK stands."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if "_words" in table:
                continue  # The search's index; it is asked by a search below.
            for column in connection.introspection.get_table_description(cursor, table):
                cursor.execute(
                    f'SELECT 1 FROM "{table}" WHERE CAST("{column.name}" AS TEXT) LIKE %s',
                    [f"%{MARK}%"],
                )
                if cursor.fetchone():
                    found.add(f"{table}.{column.name}")
    return found


def columns_of(fields: Iterator[tuple[str, Any]]) -> set[str]:
    tables = [(apps.get_model(label)._meta.db_table, names) for label, names in fields]
    return {f"{table}.{name}" for table, names in tables for name in names}


def test_all_that_is_said_to_be_erased_is_gone_from_every_table_and_no_more(
    somebody: Order,
) -> None:
    before = columns_with_mark()
    handled = columns_of(item for part in all_parts() for item in part.fields.items())
    kept = columns_of(item for part in all_parts() for item in (part.kept or {}).items())
    never_marked = {"orders_billingaddress.country"}
    never_marked |= {name for name in kept if name.startswith("orders_reversal.")}
    assert before == (handled | kept) - never_marked
    assert with_words(Order.objects.all(), MARK).count() == 1

    assert erase_customer_data(email=EMAIL, orders=1, user=None) is not None

    assert columns_with_mark() == kept - never_marked
    assert with_words(Order.objects.all(), MARK).count() == 0
    somebody.refresh_from_db()
    assert (somebody.total, somebody.country.code) == (Decimal("28.90"), "DE")
    assert OutgoingEmail.objects.count() == 0


def test_all_that_is_kept_is_shown_to_its_owner(somebody: Order) -> None:
    found = find_customer_data(EMAIL)
    shown = json.dumps([part.records for part in found.parts], default=str)

    fields = [
        (label, name)
        for part in all_parts()
        for table in (part.fields, part.kept or {})
        for label, names in table.items()
        for name in names
    ]
    secrets_and_marks = {"token", "checkout_token", "digest", "slot"}
    missing = {
        (label, name)
        for label, name in fields
        if name not in secrets_and_marks and f'"{name}"' not in shown
    }
    assert missing == set()
    assert [part.code for part in found.parts] == [
        *("stripe_events", "account", "links", "orders", "messages", "newsletter", "admin_log")
    ]


def test_the_page_names_all_of_it(somebody: Order, admin_client: Client) -> None:
    page = admin_client.post("/admin/customer-data/", {"email": EMAIL, "action": "show"})

    assert [part.code for part in page.context["found"].parts][:2] == ["stripe_events", "account"]
