"""Which fields of the shop's models say nothing about a customer, looked at one by one.

Every field that can hold a text is named here, or among the fields of a part of what is kept about
people (shopsite/cms/personal_data.py), which then shows it to its owner and erases it. A field that
is in neither fails `tests/home/test_personal_fields.py` until somebody has decided.
"""

# What the shop says of itself: words, pictures, prices, settings. Customers write nothing there.
WRITTEN_BY_THE_SHOP = frozenset(("home", "products", "cms"))

# Of the models that are about customers, what tells nothing of them: states, kinds, amounts, ids of
# Stripe's, words of the shop. An error is kept as its kind alone.
IMPERSONAL: dict[str, str] = {
    "checkout.ShippingMethod": "name description countries",
    "checkout.WebhookEvent": "event_id type api_version state last_error",
    "customers.CustomerEmail": "state last_error kind after",
    "customers.DataLogEntry": "kind digest",
    "contact.ContactEmail": "state last_error kind",
    "contact.ContactForm": "title intro button_label note thanks notify_email confirmation_text",
    "contact.ContactFormField": ("clean_name label choices default_value help_text field_type"),
    "contact.FormSubmission": "form_title",
    "contact.NewsletterSubscription": "consent_text",
    # The country is what tax is reported by, and holds too many people to be one of them.
    "orders.Order": "number status currency shipping_method_name country language",
    "orders.OrderLine": "sku title options_label source_page_title source_block_id",
    "orders.OrderEvent": "kind status source concern",
    "orders.OutgoingEmail": "state last_error kind about",
    "orders.PaymentAttempt": "idempotency_key state session_id",
    "orders.Payment": "payment_intent currency",
    "orders.Refund": "stripe_id submission currency state",
    "orders.Dispute": "stripe_id currency state",
    "orders.Shipment": "submission carrier_name",
    "orders.Invoice": "number sha256",
    "orders.CreditNote": "number sha256 taxes",
    "orders.Reversal": "number sha256",
    "orders.InvoiceSeries": "kind",
    "orders.MailText": "translation_key kind subject heading opening closing",
    "orders.SellerSettings": (
        "legal_name address country vat_id invoice_prefix staff_email delivery_time"
        " delivery_text returns_headline returns_text"
    ),
    "orders.Carrier": "name tracking_address",
    "orders.StockNotice": "state last_error kind lines",
}
