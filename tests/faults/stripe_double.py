"""Plays Stripe in memory, behind the shop's own door to it: what the door asks for, what people do
on Stripe's pages, and the events that tell of it. Much quicker than the sandbox, with slow banks.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils import timezone

from checkout.gateway import (
    CheckoutSession,
    GatewayEvent,
    GatewayRefund,
    GatewayRejected,
    GatewayUnavailable,
    LedgerRefund,
    parse_session,
)

Document = dict[str, Any]


@dataclass
class StripeDouble:
    """`is_up` and `loses_answers` are the weather: nothing arrives, or no answer comes back."""

    is_up: bool = True
    loses_answers: bool = False
    sessions: dict[str, Document] = field(default_factory=dict)
    intents: dict[str, Document] = field(default_factory=dict)
    refunds: dict[str, Document] = field(default_factory=dict)
    events: list[GatewayEvent] = field(default_factory=list)
    _keys: dict[str, str] = field(default_factory=dict)

    def stand_in(self, patch: pytest.MonkeyPatch) -> None:
        for name in (
            "create_session",
            "retrieve_session",
            "expire_session",
            "create_refund",
            "list_refunds_of",
        ):
            patch.setattr(f"checkout.gateway.{name}", getattr(self, name))

    # What the shop asks for.

    def create_session(self, request: Document, idempotency_key: str) -> CheckoutSession:
        self._arrive()
        if idempotency_key not in self._keys:
            self._keys[idempotency_key] = self._open_session(request)
        self._answer()
        return self._session(self._keys[idempotency_key])

    def retrieve_session(self, session_id: str) -> CheckoutSession:
        self._arrive()
        self._answer()
        return self._session(session_id)

    def expire_session(self, session_id: str) -> CheckoutSession:
        self._arrive()
        self.time_out(session_id)
        self._answer()
        return self._session(session_id)

    def create_refund(self, request: Document, idempotency_key: str) -> GatewayRefund:
        self._arrive()
        if idempotency_key not in self._keys:
            reference = request["metadata"]["refund"]
            self._keys[idempotency_key] = self.give_back(
                request["payment_intent"], request["amount"], reference=reference
            )
        self._answer()
        return GatewayRefund(self._keys[idempotency_key], "succeeded")

    def list_refunds_of(self, payment_intent: str) -> list[LedgerRefund]:
        self._arrive()
        self._answer()
        return [
            LedgerRefund(
                one["id"], payment_intent, one["amount"], one["currency"], one["status"],
                one["metadata"]["refund"], timezone.now(),
            )
            for one in self.refunds.values() if one["payment_intent"] == payment_intent
        ]  # fmt: skip

    # What people, banks and the clock do.

    def pay(self, session_id: str, *, slowly: bool = False) -> None:
        """Presses Pay, by card or by a bank that takes days. Nothing if it cannot be paid."""
        session = self.sessions[session_id]
        if session["status"] != "open":
            return
        intent_id = f"pi_{session_id}"
        status = "processing" if slowly else "succeeded"
        self.intents[intent_id] = {
            "id": intent_id, "session": session_id, "status": status,
            "amount": session["amount_total"], "refunded": 0,
        }  # fmt: skip
        paid = "unpaid" if slowly else "paid"
        session.update(status="complete", payment_status=paid, payment_intent=intent_id)
        self._tell("checkout.session.completed", session)

    def decide(self, session_id: str, *, is_good: bool) -> None:
        """The bank of a slow payment says yes or no."""
        session = self.sessions[session_id]
        intent = self.intents.get(session["payment_intent"] or "")
        if intent is None or intent["status"] != "processing":
            return
        intent["status"] = "succeeded" if is_good else "requires_payment_method"
        if is_good:
            session["payment_status"] = "paid"
        outcome = "succeeded" if is_good else "failed"
        self._tell(f"checkout.session.async_payment_{outcome}", session)

    def time_out(self, session_id: str) -> None:
        """An open session is closed."""
        session = self.sessions[session_id]
        if session["status"] == "open":
            session["status"] = "expired"
            self._tell("checkout.session.expired", session)

    def give_back(self, intent_id: str, amount: int, *, reference: str = "") -> str:
        intent = self.intents[intent_id]
        if intent["status"] != "succeeded" or intent["refunded"] + amount > intent["amount"]:
            raise GatewayRejected("InvalidRequestError 400 charge_already_refunded")
        intent["refunded"] += amount
        refund = {
            "id": f"re_{len(self.refunds)}", "amount": amount, "currency": "eur",
            "status": "succeeded", "payment_intent": intent_id, "metadata": {"refund": reference},
        }  # fmt: skip
        self.refunds[refund["id"]] = refund
        self._tell("refund.created", refund)
        return str(refund["id"])

    def paid_intents(self) -> set[str]:
        return {key for key, intent in self.intents.items() if intent["status"] == "succeeded"}

    def _open_session(self, request: Document) -> str:
        session_id = f"cs_test_{len(self.sessions)}"
        self.sessions[session_id] = {
            "id": session_id, "status": "open", "payment_status": "unpaid", "mode": "payment",
            "currency": "eur", "livemode": False, "payment_intent": None,
            "amount_total": sum(
                item["price_data"]["unit_amount"] * item["quantity"]
                for item in request["line_items"]
            ),
            "metadata": request["metadata"], "client_reference_id": request["client_reference_id"],
        }  # fmt: skip
        return session_id

    def _session(self, session_id: str) -> CheckoutSession:
        """As an answer shows it: with its intent, and with an address while it is open."""
        session = self.sessions[session_id]
        is_open = session["status"] == "open"
        intent = self.intents.get(session["payment_intent"] or "")
        url = f"https://checkout.stripe.com/c/pay/{session_id}" if is_open else None
        return parse_session({**session, "payment_intent": intent, "url": url})

    def _tell(self, kind: str, document: Document) -> None:
        event = GatewayEvent(
            id=f"evt_{len(self.events)}", type=kind, api_version="", is_live=False,
            created_at=timezone.now(), object=dict(document),
        )  # fmt: skip
        self.events.append(event)

    def _arrive(self) -> None:
        if not self.is_up:
            raise GatewayUnavailable("APIConnectionError")

    def _answer(self) -> None:
        if self.loses_answers:
            raise GatewayUnavailable("APIConnectionError")
