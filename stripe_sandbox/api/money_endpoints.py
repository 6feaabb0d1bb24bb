"""The endpoints about money that moved: payments, charges, refunds, disputes."""

from stripe.params import (
    ChargeListParams,
    ChargeRetrieveParams,
    DisputeListParams,
    DisputeRetrieveParams,
    PaymentIntentRetrieveParams,
    RefundCreateParams,
    RefundListParams,
    RefundRetrieveParams,
)

from stripe_sandbox.api.endpoint import Endpoint
from stripe_sandbox.api.handlers import Params, PathValues, expanded, list_by, retrieve
from stripe_sandbox.services.refunds import create_refund
from stripe_sandbox.storage import Document
from stripe_sandbox.unit import UnitOfWork

_INTENTS, _CHARGES = "/v1/payment_intents", "/v1/charges"
_REFUNDS, _DISPUTES = "/v1/refunds", "/v1/disputes"


def _create_refund(unit: UnitOfWork, params: Params, path: PathValues) -> Document:
    return expanded(unit, create_refund(unit, params), params)


_list_charges = list_by("charge", _CHARGES, "customer", "payment_intent", "transfer_group")
_list_refunds = list_by("refund", _REFUNDS, "charge", "payment_intent")
_list_disputes = list_by("dispute", _DISPUTES, "charge", "payment_intent")

MONEY_ENDPOINTS = (
    Endpoint("GET", f"{_INTENTS}/<id>", PaymentIntentRetrieveParams, retrieve("payment_intent")),
    Endpoint("GET", _CHARGES, ChargeListParams, _list_charges),
    Endpoint("GET", f"{_CHARGES}/<id>", ChargeRetrieveParams, retrieve("charge")),
    Endpoint("POST", _REFUNDS, RefundCreateParams, _create_refund),
    Endpoint("GET", _REFUNDS, RefundListParams, _list_refunds),
    Endpoint("GET", f"{_REFUNDS}/<id>", RefundRetrieveParams, retrieve("refund")),
    Endpoint("GET", _DISPUTES, DisputeListParams, _list_disputes),
    Endpoint("GET", f"{_DISPUTES}/<id>", DisputeRetrieveParams, retrieve("dispute")),
)
