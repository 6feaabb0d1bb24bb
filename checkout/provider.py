"""Stripe, as orders see it: what orders/provider.py asks for."""

from checkout import gateway
from checkout.closing import cancel_order
from checkout.payments import PaymentUnavailable
from orders.models import Order
from orders.provider import (
    ProviderRejected,
    ProviderStuck,
    ProviderUnavailable,
    RefundAnswer,
    RefundRequest,
)


class StripeProvider:
    def refund(self, request: RefundRequest) -> RefundAnswer:
        """Asks for it with a key made of its reference, and writes that into its metadata, where
        the webhook finds it."""
        reference = str(request.reference)
        body = {
            "payment_intent": request.payment_intent,
            "amount": request.amount.to_minor(),
            "reason": "requested_by_customer",
            "metadata": {"refund": reference, "order": request.order_number},
        }
        try:
            refund = gateway.create_refund(body, f"refund-{reference}")
        except gateway.RefundUnanswered as error:
            raise ProviderStuck(str(error)) from error
        except gateway.GatewayUnavailable as error:
            raise ProviderUnavailable(str(error)) from error
        except gateway.GatewayRejected as error:
            raise ProviderRejected(str(error)) from error
        return RefundAnswer(refund.id, refund.status)

    def find_refund(self, request: RefundRequest) -> RefundAnswer | None:
        try:
            refunds = gateway.list_refunds_of(request.payment_intent)
        except gateway.GatewayUnavailable as error:
            raise ProviderUnavailable(str(error)) from error
        except gateway.GatewayRejected as error:
            raise ProviderRejected(str(error)) from error
        ours = [one for one in refunds if one.reference == str(request.reference)]
        return RefundAnswer(ours[0].id, ours[0].status) if ours else None

    def cancel_unpaid(self, order: Order, *, source: str) -> None:
        try:
            cancel_order(order, source=source)
        except PaymentUnavailable as error:
            raise ProviderUnavailable(str(error)) from error
