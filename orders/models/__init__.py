from orders.models.email import OutgoingEmail
from orders.models.invoice import Invoice, InvoiceSeries
from orders.models.order import Order, OrderEvent, OrderLine
from orders.models.payment import PRETENDED, Dispute, Payment, PaymentAttempt, Refund
from orders.models.settings import SellerSettings

__all__ = [
    "PRETENDED",
    "Dispute",
    "Invoice",
    "InvoiceSeries",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OutgoingEmail",
    "Payment",
    "PaymentAttempt",
    "Refund",
    "SellerSettings",
]
