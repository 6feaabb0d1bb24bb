"""The hosted payment page and the bank's page of 3-D Secure."""

from dataclasses import dataclass

from babel import Locale
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from stripe_sandbox.bank_debits import find_debit
from stripe_sandbox.cards import CARDS
from stripe_sandbox.errors import ApiError
from stripe_sandbox.money import parse_locale
from stripe_sandbox.pages.forms import PaymentForm, read_debit_form, read_payment_form
from stripe_sandbox.pages.summary import Summary, build_summary
from stripe_sandbox.sandbox import Sandbox
from stripe_sandbox.services.debits import submit_debit
from stripe_sandbox.services.payments import (
    Outcome,
    PaymentResult,
    find_pending_authentication,
    finish_authentication,
    submit_payment,
)
from stripe_sandbox.services.sessions import load_session
from stripe_sandbox.storage import Document
from stripe_sandbox.unit import UnitOfWork

_LOCALES = [
    "en-US",
    "en-GB",
    "de",
    "fr",
    "es",
    "it",
    "nl",
    "pt",
    "sv",
    "da",
    "nb",
    "fi",
    "pl",
    "ja",
]


def build_payment_pages(sandbox: Sandbox) -> Blueprint:
    """The pages under ``/c/pay/`` of one sandbox."""
    pages = Blueprint("payment", __name__)

    @pages.get("/c/pay/<session_id>")
    def show(session_id: str) -> ResponseReturnValue:
        page = _load_page(sandbox, session_id)
        if page.session["status"] != "open":
            return _render_closed(page)
        return _render_form(page, PaymentForm(email=page.session["customer_email"] or ""))

    @pages.post("/c/pay/<session_id>")
    def pay(session_id: str) -> ResponseReturnValue:
        page = _load_page(sandbox, session_id)
        if page.session["status"] != "open":
            return _leave(page)
        if page.debit is not None and request.form.get("method") == page.debit:
            return _pay_by_debit(page)
        form, details = read_payment_form(page.session, request.form, sandbox.clock.now())
        if details is None:
            return _render_form(page, form)
        with sandbox.unit() as unit:
            result = submit_payment(unit, session_id, details)
        return _follow(sandbox, result, form)

    def _pay_by_debit(page: _Page) -> ResponseReturnValue:
        form = read_debit_form(page.session, request.form)
        if form.errors:
            return _render_form(page, form)
        with sandbox.unit() as unit:
            result = submit_debit(
                unit,
                page.session["id"],
                email=form.email,
                name=form.billing_name,
                shipping_rate=form.shipping_rate or None,
            )
        return _follow(sandbox, result, form)

    @pages.get("/c/pay/<session_id>/authenticate")
    def ask_authentication(session_id: str) -> ResponseReturnValue:
        page = _load_page(sandbox, session_id)
        if not page.awaits_authentication:
            return redirect(url_for("payment.show", session_id=session_id), 303)
        return render_template("authenticate.html", page=page)

    @pages.post("/c/pay/<session_id>/authenticate")
    def authenticate(session_id: str) -> ResponseReturnValue:
        page = _load_page(sandbox, session_id)
        if page.session["status"] == "open" and not page.awaits_authentication:
            return redirect(url_for("payment.show", session_id=session_id), 303)
        with sandbox.unit() as unit:
            result = finish_authentication(
                unit, session_id, authenticated=request.form.get("outcome") == "complete"
            )
        return _follow(sandbox, result, page.resumed_form)

    return pages


@dataclass(frozen=True)
class _Page:
    session: Document
    summary: Summary
    awaits_authentication: bool
    resumed_form: PaymentForm
    """What is known of a payer who comes back from the bank. A card number is not."""

    @property
    def debit(self) -> str | None:
        """The type of the bank debit that is offered, if one is."""
        offered: list[str] = self.session["payment_method_types"]
        return find_debit(offered)


def _load_page(sandbox: Sandbox, session_id: str) -> _Page:
    with sandbox.unit() as unit:
        try:
            session = load_session(unit, session_id)
        except ApiError as error:
            raise NotFound from error
        items = unit.records.list_all("item", parent=session_id, newest_first=False)
        rates = [
            unit.records.get("shipping_rate", option["shipping_rate"])
            for option in session["shipping_options"]
        ]
        payer = _find_authenticating_payer(unit, session)
    summary = build_summary(session, items, rates, _choose_locale(session))
    known = payer or {"email": session["customer_email"] or "", "name": ""}
    form = PaymentForm(email=known["email"], billing_name=known["name"])
    return _Page(session, summary, awaits_authentication=payer is not None, resumed_form=form)


def _find_authenticating_payer(unit: UnitOfWork, session: Document) -> Document | None:
    """Billing details of the card that waits for 3-D Secure, or None when none does."""
    if session["status"] != "open":
        return None
    intent = find_pending_authentication(unit, session)
    if intent is None:
        return None
    method = unit.records.get("payment_method", intent["payment_method"])
    details: Document = method["billing_details"]
    return details


def _choose_locale(session: Document) -> Locale:
    """The session's own locale; for ``auto`` or none, the browser's."""
    tag = session["locale"]
    if tag in {None, "auto"}:
        tag = request.accept_languages.best_match(_LOCALES, default="en")
    return parse_locale(tag)


def _follow(sandbox: Sandbox, result: PaymentResult, form: PaymentForm) -> ResponseReturnValue:
    """Where a try to pay leads. The shop gets a moment to hear of a payment before its payer."""
    page = _load_page(sandbox, result.session["id"])
    match result.outcome:
        case Outcome.NEEDS_AUTHENTICATION:
            return redirect(
                url_for("payment.ask_authentication", session_id=page.session["id"]), 303
            )
        case Outcome.DECLINED:
            return _render_form(page, form, declined=result.message)
        case Outcome.PAID if result.completed_event is not None:
            sandbox.dispatcher.wait_for_attempt(
                result.completed_event, sandbox.settings.webhook_wait
            )
    return _leave(page)


def _leave(page: _Page) -> ResponseReturnValue:
    if page.session["status"] == "complete":
        return redirect(find_success_url(page.session), 303)
    return _render_closed(page)


def find_success_url(session: Document) -> str:
    """Where the payer goes, with Stripe's placeholder replaced by the session's id."""
    url: str = session["success_url"]
    return url.replace("{CHECKOUT_SESSION_ID}", session["id"])


def _render_form(page: _Page, form: PaymentForm, declined: str = "") -> str:
    return render_template("pay.html", page=page, form=form, declined=declined, cards=CARDS)


def _render_closed(page: _Page) -> str:
    if page.session["status"] == "complete":
        return render_template("paid.html", page=page, success_url=find_success_url(page.session))
    return render_template("expired.html", page=page)
