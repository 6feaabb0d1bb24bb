"""One payment: its refunds, and what the dashboard and the bank can do about it."""

from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from stripe_sandbox.errors import ApiError
from stripe_sandbox.money import exponent, format_amount
from stripe_sandbox.pages.answers import refusals_as_pages
from stripe_sandbox.sandbox import Sandbox
from stripe_sandbox.services.debits import settle_debit
from stripe_sandbox.services.refunds import refund_by_hand
from stripe_sandbox.storage import Document, Records


def build_payments(sandbox: Sandbox) -> Blueprint:
    """The addresses under ``/payments/`` of one sandbox."""
    pages = Blueprint("payments", __name__)

    @pages.get("/payments/<payment_intent>")
    def show(payment_intent: str) -> ResponseReturnValue:
        return _render(sandbox, payment_intent)

    @pages.post("/payments/<payment_intent>/refund")
    def refund(payment_intent: str) -> ResponseReturnValue:
        typed = request.form.get("amount", "").strip()[:40]
        try:
            with sandbox.unit() as unit:
                intent = _load(unit.records, payment_intent)
                amount = _read_amount(typed, intent["currency"])
                fails = "fails" in request.form
                refund_by_hand(unit, payment_intent, amount=amount, fails=fails)
        except ApiError as error:
            return _render(sandbox, payment_intent, typed=typed, error=str(error)), 400
        return redirect(url_for("payments.show", payment_intent=payment_intent), 303)

    @pages.post("/payments/<payment_intent>/<any(comes, fails):end>")
    def settle(payment_intent: str, end: str) -> ResponseReturnValue:
        with refusals_as_pages(), sandbox.unit() as unit:
            settle_debit(unit, payment_intent, succeeds=end == "comes")
        return redirect(url_for("payments.show", payment_intent=payment_intent), 303)

    return pages


def _render(sandbox: Sandbox, payment_intent: str, *, typed: str = "", error: str = "") -> str:
    with sandbox.store.reading() as records:
        intent = _load(records, payment_intent)
        charge = records.find("charge", intent["latest_charge"] or "")
        refunds = records.list_all("refund", parent=charge["id"]) if charge else []
    left = 0 if charge is None else charge["amount_captured"] - charge["amount_refunded"]
    is_paid = intent["status"] == "succeeded"
    return render_template(
        "payment.html",
        intent=intent,
        amount=format_amount(intent["amount"], intent["currency"]),
        refunds=[_described(refund) for refund in refunds],
        left=format_amount(left, intent["currency"]) if is_paid and left else "",
        is_disputed=charge is not None and charge["disputed"],
        typed=typed,
        errors={"amount": error} if error else {},
    )


def _described(refund: Document) -> dict[str, Any]:
    return {
        "id": refund["id"],
        "amount": format_amount(refund["amount"], refund["currency"]),
        "status": refund["status"],
    }


def _load(records: Records, payment_intent: str) -> Document:
    intent = records.find("payment_intent", payment_intent)
    if intent is None:
        raise NotFound
    return intent


def _read_amount(typed: str, currency: str) -> int | None:
    """Minor units of what a person typed; None for nothing, which is all that is left."""
    if not typed:
        return None
    try:
        amount = Decimal(typed.replace(",", ".")).scaleb(exponent(currency))
        if amount == amount.to_integral_value() and amount >= 1:
            return int(amount)
    except (InvalidOperation, ValueError, OverflowError):
        pass
    raise ApiError("Enter an amount such as 5.00, or nothing for all that is left.")
