from orders.models.billing import BillingAddress
from orders.models.email import OutgoingEmail
from orders.models.invoice import PAPERS, CreditNote, Invoice, InvoiceSeries, Paper, Reversal
from orders.models.mail_text import SHOPPER_MAILS, MailText
from orders.models.order import ERASED_EMAIL, Order, OrderEvent, OrderLine
from orders.models.payment import PRETENDED, Payment, PaymentAttempt, dashboard_url
from orders.models.refund import Dispute, Refund, RefundLine
from orders.models.settings import SellerSettings
from orders.models.shipment import Carrier, Shipment, ShipmentLine
from orders.models.stock_notice import LowVariant, StockNotice

__all__ = [
    "ERASED_EMAIL",
    "PAPERS",
    "PRETENDED",
    "SHOPPER_MAILS",
    "BillingAddress",
    "Carrier",
    "CreditNote",
    "Dispute",
    "Invoice",
    "InvoiceSeries",
    "LowVariant",
    "MailText",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OutgoingEmail",
    "Paper",
    "Payment",
    "PaymentAttempt",
    "Refund",
    "RefundLine",
    "Reversal",
    "SellerSettings",
    "Shipment",
    "ShipmentLine",
    "StockNotice",
    "dashboard_url",
]
