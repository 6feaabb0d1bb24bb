"""Reads the payment form and says, field by field, what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from stripe_sandbox.cards import passes_luhn
from stripe_sandbox.errors import InvalidParameter
from stripe_sandbox.rules.common import check_email
from stripe_sandbox.services.payments import PaymentDetails, total_to_pay
from stripe_sandbox.storage import Document

_EXPIRY = re.compile(r"(\d{1,2})\s*/?\s*(\d{2}|\d{4})")
_MAXIMUM_LENGTH = 200


@dataclass
class PaymentForm:
    """What was typed, and a sentence for each field that cannot be used.

    The security code is never kept, so that no page shows it again.
    """

    email: str = ""
    card_number: str = ""
    card_expiry: str = ""
    billing_name: str = ""
    shipping_rate: str = ""
    errors: dict[str, str] = field(default_factory=dict)


def read_payment_form(
    session: Document, data: Mapping[str, str], now: float
) -> tuple[PaymentForm, PaymentDetails | None]:
    """The form as typed, and the details to pay with if every field can be used.

    An e-mail address the shop gave cannot be changed here. A free order needs no card.
    """
    form = PaymentForm(
        email=session["customer_email"] or _typed(data, "email"),
        card_number=_typed(data, "cardNumber"),
        card_expiry=_typed(data, "cardExpiry"),
        billing_name=_typed(data, "billingName"),
        shipping_rate=_typed(data, "shippingRate"),
    )
    _check_email(form)
    if total_to_pay(session, form.shipping_rate) == 0:
        details = PaymentDetails(
            email=form.email,
            name=form.billing_name,
            card_number="",
            expiry=(1, 2000),
            shipping_rate=form.shipping_rate or None,
        )
        return form, None if form.errors else details
    number = _check_number(form)
    expiry = _check_expiry(form, now)
    _check_cvc(form, number, _typed(data, "cardCvc"))
    if not form.billing_name:
        form.errors["billingName"] = "Enter the name on the card."
    if form.errors or expiry is None:
        return form, None
    return form, PaymentDetails(
        email=form.email,
        name=form.billing_name,
        card_number=number,
        expiry=expiry,
        shipping_rate=form.shipping_rate or None,
    )


def read_debit_form(session: Document, data: Mapping[str, str]) -> PaymentForm:
    """The form of a payer who lets the money be debited; what was typed of a card is not read."""
    form = PaymentForm(
        email=session["customer_email"] or _typed(data, "email"),
        billing_name=_typed(data, "billingName"),
        shipping_rate=_typed(data, "shippingRate"),
    )
    _check_email(form)
    if not form.billing_name:
        form.errors["billingName"] = "Enter the name of the account's owner."
    return form


def _typed(data: Mapping[str, str], name: str) -> str:
    return data.get(name, "").strip()[:_MAXIMUM_LENGTH]


def _check_email(form: PaymentForm) -> None:
    if not form.email:
        form.errors["email"] = "Enter your e-mail address."
        return
    try:
        check_email(form.email, "email")
    except InvalidParameter:
        form.errors["email"] = "Enter an e-mail address such as name@example.com."


def _check_number(form: PaymentForm) -> str:
    number = re.sub(r"[\s-]", "", form.card_number)
    if not number:
        form.errors["cardNumber"] = "Enter your card number."
    elif not number.isascii() or not number.isdigit() or not 12 <= len(number) <= 19:
        form.errors["cardNumber"] = "Your card number is incomplete."
    elif not passes_luhn(number):
        form.errors["cardNumber"] = "Your card number is invalid."
    return number


def _check_expiry(form: PaymentForm, now: float) -> tuple[int, int] | None:
    match = _EXPIRY.fullmatch(form.card_expiry)
    if match is None or not form.card_expiry.isascii():
        form.errors["cardExpiry"] = "Enter the expiry date as month and year."
        return None
    month, year = int(match[1]), int(match[2])
    year += 2000 if year < 100 else 0
    today = datetime.fromtimestamp(now, UTC)
    if not 1 <= month <= 12:
        form.errors["cardExpiry"] = "The month must be from 01 to 12."
    elif (year, month) < (today.year, today.month):
        form.errors["cardExpiry"] = "Your card's expiry date is in the past."
    elif year > today.year + 50:
        form.errors["cardExpiry"] = "Your card's expiry year is invalid."
    return month, year


def _check_cvc(form: PaymentForm, number: str, cvc: str) -> None:
    length = 4 if number.startswith(("34", "37")) else 3
    if not cvc:
        form.errors["cardCvc"] = "Enter your card's security code."
    elif not (cvc.isascii() and cvc.isdigit() and len(cvc) == length):
        form.errors["cardCvc"] = f"The security code has {length} digits."
