"""The one door to Stripe. Nothing else in the shop imports the SDK or knows its types.

Every call may raise GatewayUnavailable (try again later, with the same request) or GatewayRejected
(this request will never work). What comes back are small frozen records of what the shop needs.
"""

from checkout.gateway.client import (
    API_VERSION,
    FailureRemembered,
    GatewayRejected,
    GatewayUnavailable,
    is_live_mode,
)
from checkout.gateway.events import GatewayEvent, InvalidSignature, WrongMoment, verify_event
from checkout.gateway.ledger import (
    LedgerRefund,
    PaidSession,
    TooMuch,
    find_session,
    list_paid_sessions,
    list_refunds,
    list_refunds_of,
    retrieve_refund,
)
from checkout.gateway.refunds import GatewayRefund, RefundUnanswered, create_refund
from checkout.gateway.sessions import (
    CheckoutSession,
    create_session,
    expire_session,
    is_payment_address,
    parse_session,
    retrieve_session,
)

__all__ = [
    "API_VERSION",
    "CheckoutSession",
    "FailureRemembered",
    "GatewayEvent",
    "GatewayRefund",
    "GatewayRejected",
    "GatewayUnavailable",
    "InvalidSignature",
    "LedgerRefund",
    "PaidSession",
    "RefundUnanswered",
    "TooMuch",
    "WrongMoment",
    "create_refund",
    "create_session",
    "expire_session",
    "find_session",
    "is_live_mode",
    "is_payment_address",
    "list_paid_sessions",
    "list_refunds",
    "list_refunds_of",
    "parse_session",
    "retrieve_refund",
    "retrieve_session",
    "verify_event",
]
