"""Every kind of mail the shop sends, made of names that are long and hold markup. A new kind, or
a new outbox, is found by itself."""

from collections.abc import Callable

from django.apps import apps
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from customers import emails as customer_emails
from customers.models import CustomerEmail
from orders import emails as order_emails
from orders.models import OutgoingEmail, Refund, Shipment, StockNotice
from orders.status import OrderStatus
from orders.stock_outbox import build_stock_notice
from shopsite.cms.models import BrandSettings, OutboxEmail
from shopsite.contact import emails as contact_emails
from shopsite.contact.models import ContactEmail, FormSubmission, NewsletterSubscription
from tests.factories import make_contact_form, make_image, make_order

LONG_NAME = "Maximiliane-Theodora <b>von und zu</b> Hohenlohe-Waldenburg & Söhne"


def order_mail(kind: str) -> EmailMultiAlternatives:
    order = make_order(status=OrderStatus.PAID, paid_at=timezone.now(), name=LONG_NAME)
    parcel = Shipment.objects.create(
        order=order,
        carrier_name=LONG_NAME[:60],
        tracking_number="JD0146000112345678901234567890",
        tracking_url="https://parcels.example/follow?id=JD0146000112345678901234567890",
    )
    parcel.lines.create(order_line=order.lines.get(), quantity=1)
    payment = order.payments.create(payment_intent="pi_1", amount=order.total, currency="EUR")
    refund = Refund.objects.create(
        order=order, payment=payment, amount=order.total, currency="EUR", note=LONG_NAME,
        shipping_amount="4.90", state="succeeded",
    )  # fmt: skip
    refund.lines.create(
        order_line=order.lines.get(), quantity=1, amount="24", was_shipped=False,
        goes_back_on_sale=True,
    )  # fmt: skip
    order.lines.update(title=LONG_NAME)
    abouts = {
        OutgoingEmail.Kind.SHIPPED: parcel.pk,
        OutgoingEmail.Kind.REFUNDED: refund.pk,
        OutgoingEmail.Kind.CANCELED: refund.pk,
    }
    about = str(abouts.get(OutgoingEmail.Kind(kind), ""))
    email = OutgoingEmail(order=order, kind=kind, about=about)
    return order_emails.build_message(email, with_pdf=False)


def contact_mail(kind: str) -> EmailMultiAlternatives:
    form = make_contact_form(LONG_NAME, notify_email="a@b.example", confirmation_text=LONG_NAME)
    of_form = kind.startswith("form_")
    submission = FormSubmission(pk=7, form=form, sender_email="ada@example.com")
    subscription = NewsletterSubscription(
        pk=8, email="ada@example.com", consent_text=LONG_NAME, token="token"
    )
    return contact_emails.build_message(
        ContactEmail(
            kind=kind,
            submission=submission if of_form else None,
            subscription=None if of_form else subscription,
        )
    )


def stock_mail(kind: str) -> EmailMultiAlternatives:
    line = {"sku": "MUG-OAT", "title": LONG_NAME, "options_label": "Oat / Large", "left": 2}
    return build_stock_notice(StockNotice(pk=9, kind=kind, lines=[line, {**line, "left": 0}]))


def customer_mail(kind: str) -> EmailMultiAlternatives:
    for status in OrderStatus.values:
        make_order(status=status, email="ada@example.com")
    message = customer_emails.build_message(
        CustomerEmail(pk=10, kind=kind, email="ada@example.com")
    )
    assert message is not None
    return message


MAKERS: dict[type[OutboxEmail], Callable[[str], EmailMultiAlternatives]] = {
    OutgoingEmail: order_mail,
    ContactEmail: contact_mail,
    StockNotice: stock_mail,
    CustomerEmail: customer_mail,
}
OUTBOXES = [model for model in apps.get_models() if issubclass(model, OutboxEmail)]
KINDS = {kind: model for model in OUTBOXES for kind in model.Kind.values}


def make_mail(kind: str) -> EmailMultiAlternatives:
    return MAKERS[KINDS[kind]](kind)


def html_of(message: EmailMultiAlternatives) -> str:
    [(html, mimetype)] = message.alternatives
    assert mimetype == "text/html"
    return str(html)


def set_mail_brand() -> None:
    """With two logos, so that every mail is as large as it gets."""
    BrandSettings.load()
    BrandSettings.objects.update(
        name="Moss & Pot", logo=make_image("Logo"), logo_dark=make_image("For the dark")
    )
