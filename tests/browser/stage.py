"""Sets the stage for pages that the demo's content does not have: orders in states that take a
while, a landing page without header, a product that is gone. Each function returns addresses.
"""

from importlib import import_module

from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import Page

from checkout.models import WebhookEvent
from checkout.payments import MAX_ATTEMPTS
from home.models import LandingPage, StoryPage
from orders.models import MailText, Order, OutgoingEmail, Payment, PaymentAttempt
from orders.status import AttemptState, OrderStatus
from products.models import Product, ProductPage, ProductVariant, StockRecord
from products.stock import count_stock
from shopsite.cms.pages import ContentPage
from shopsite.cms.shown_pictures import make_sizes
from shopsite.contact.models import ContactForm, NewsletterSubscription
from shopsite.contact.sign_up import CONSENT_TEXT
from shopsite.second_factor.devices import make_backup_codes
from tests.factories import make_order

SOLD_OUT = "salt-cellar"  # No other test buys one.


@transaction.atomic
def build_stage() -> dict[str, str]:
    build_bookkeeper()
    return {
        **build_guarded_people(),
        **sell_out(SOLD_OUT),
        **build_quiet_page(),
        **build_orders(),
        **build_newsletter(),
        **build_trouble_with_stripe(),
        **find_admin_pages(),
        "form": reverse("form-page", args=[ContactForm.objects.earliest("pk").pk]),
        "cart-with-trouble": make_cart_with_trouble(),
    }


def draw_all_pages() -> None:
    """Makes the pictures that shoppers see, as publishing a page does in a running shop."""
    for page in Page.objects.live().specific():
        if isinstance(page, ContentPage):
            for image in page.listed_pictures:
                make_sizes(image, page.listed_sizes)
            page.make_preview_request()


def sell_out(slug: str) -> dict[str, str]:
    """Nothing of the product is left, also where stories point at it."""
    page = ProductPage.objects.get(slug=slug)
    for record in StockRecord.objects.filter(variant__product=page.product):
        count_stock(record=record, counted=0, expected_on_hand=record.on_hand, user=None)
    return {"product-sold-out": page.url}


def build_quiet_page() -> dict[str, str]:
    """A landing page with nothing around its content."""
    template = LandingPage.objects.get(slug="breakfast-in-bed")
    page = LandingPage(title="A quiet page", slug="a-quiet-page", body=template.body)
    page.has_minimal_header = page.hides_footer = True
    template.get_parent().add_child(instance=page)
    return {"landing-page-quiet": page.url}


def build_orders() -> dict[str, str]:
    states = (
        OrderStatus.PAID,
        OrderStatus.PROCESSING,
        OrderStatus.EXPIRED,
        OrderStatus.CANCELED,
        OrderStatus.REVIEW,
    )
    orders = {f"order-{state}": make_staged_order(state) for state in states}
    mug = ProductVariant.objects.filter(product__pages__slug="speckled-mug").earliest("pk")
    orders["order-with-guides"] = make_staged_order(OrderStatus.PAID, number="MUG", variant=mug)
    orders["order-unpayable"] = make_staged_order(OrderStatus.AWAITING_PAYMENT)
    use_up_attempts(orders["order-unpayable"])
    for state in (OrderStatus.PARTLY_SHIPPED, OrderStatus.SHIPPED, OrderStatus.DELIVERED):
        orders[f"order-{state}"] = Order.objects.get(status=state)  # The demo's, with its parcels.
    return {name: order.get_absolute_url() for name, order in orders.items()}


def make_staged_order(
    status: OrderStatus, *, number: str = "", variant: ProductVariant | None = None
) -> Order:
    number = f"STAGE-{number or status}"
    return make_order(
        number=number,
        checkout_token=number,
        status=status,
        email="stage@example.com",
        variant=variant,
    )


def use_up_attempts(order: Order) -> None:
    """Stripe cannot be asked again: what the shopper sees is the page for when it is down."""
    PaymentAttempt.objects.bulk_create(
        [
            PaymentAttempt(
                order=order,
                number=number,
                idempotency_key=f"stage-{number}",
                request={},
                state=AttemptState.FAILED,
                expires_at=timezone.now(),
            )
            for number in range(1, MAX_ATTEMPTS + 1)
        ]
    )


def build_newsletter() -> dict[str, str]:
    asked = NewsletterSubscription.objects.create(
        email="stage@example.com", consent_text=str(CONSENT_TEXT), requested_at=timezone.now()
    )
    return {
        "newsletter-confirm": reverse("newsletter-confirm", args=[asked.token]),
        "newsletter-unsubscribe": reverse("newsletter-unsubscribe", args=[asked.token]),
    }


def make_cart_with_trouble() -> str:
    """The session of a shopper whose cart has grown old: gone, sold out, and another price."""
    sold_out = ProductVariant.objects.filter(product__pages__slug=SOLD_OUT).earliest("pk")
    mug = ProductVariant.objects.filter(product__pages__slug="speckled-mug").earliest("pk")
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["cart"] = {
        "lines": {
            "GONE-1": {"quantity": 1, "seen_price": "12.00"},
            sold_out.sku: {"quantity": 1, "seen_price": str(sold_out.price)},
            mug.sku: {"quantity": 20, "seen_price": "1.00"},
        }
    }
    session.save()
    return str(session.session_key)


def build_bookkeeper() -> None:
    """Somebody who was given the reports alone, and need not see who ordered."""
    bookkeeper = User.objects.create_user("bookkeeper", password="bookkeeper")
    rights = Permission.objects.filter(codename__in=["access_admin", "view_sales_reports"])
    bookkeeper.user_permissions.set(rights)


def build_guarded_people() -> dict[str, str]:
    """Two who are asked for a code: one signs in, the other one's is about to be taken away."""
    codes = {}
    for name in ("guarded", "forgetful"):
        user = User.objects.create_superuser(name, password=name)
        TOTPDevice.objects.create(user=user, name=name)
        codes[name] = make_backup_codes(user)[0]
        codes[f"{name}-user"] = reverse("second-factor-take-away", args=[user.pk])
    return {"backup-code": codes["guarded"], "admin-second-factor-reset": codes["forgetful-user"]}


def build_trouble_with_stripe() -> dict[str, str]:
    """One that is about an order, and one that nobody knows of; and a payment that Stripe does not
    know of either."""
    paid = Order.objects.get(number=f"STAGE-{OrderStatus.PAID}")
    Payment.objects.create(
        order=paid, payment_intent="pi_stage", amount=paid.total, currency=paid.currency
    )
    order = Order.objects.get(number=f"STAGE-{OrderStatus.AWAITING_PAYMENT}")
    values = {"state": WebhookEvent.State.FAILED, "attempts": 12, "created_at": timezone.now()}
    event = WebhookEvent.objects.create(
        event_id="evt_stage", type="checkout.session.completed", order=order,
        object_id="cs_test_stage", last_error="KeyError in orders.invoices.issue_invoice", **values,
    )  # fmt: skip
    WebhookEvent.objects.create(event_id="evt_stage_2", type="refund.created", **values)
    return {"admin-stripe-event": reverse("stripe_events:inspect", args=[event.pk])}


def find_admin_pages() -> dict[str, str]:
    mug = Product.objects.filter(pages__slug="speckled-mug").distinct().get()
    order = Order.objects.get(number=f"STAGE-{OrderStatus.PAID}")
    text = MailText.objects.get(kind=OutgoingEmail.Kind.CONFIRMATION)
    parcel = Order.objects.get(status=OrderStatus.PARTLY_SHIPPED)
    needy = Order.objects.get(number=f"STAGE-{OrderStatus.EXPIRED}")
    OutgoingEmail.objects.create(
        order=needy, kind=OutgoingEmail.Kind.CANCELED, state=OutgoingEmail.State.FAILED
    )
    page = ProductPage.objects.get(slug="speckled-mug")
    story = StoryPage.objects.get(slug="matcha-in-four-minutes")
    board = ProductPage.objects.get(slug="walnut-board")
    return {
        "admin-product": reverse("products_admin:edit", args=[mug.pk]),
        "admin-make-variants": reverse("products_admin:make_variants", args=[mug.pk]),
        "admin-variant": reverse("variants_admin:edit", args=[mug.variants.earliest("pk").pk]),
        "admin-product-page": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "admin-page-that-sold": reverse("wagtailadmin_pages:edit", args=[board.pk]),
        "admin-block-sales": reverse("block_sales_report", args=[story.pk]),
        "admin-order": reverse("orders_order_modeladmin_inspect", args=[order.pk]),
        "admin-order-with-parcel": reverse("orders_order_modeladmin_inspect", args=[parcel.pk]),
        "admin-order-needing-attention": reverse(
            "orders_order_modeladmin_inspect", args=[needy.pk]
        ),
        "admin-ship": reverse("orders_order_modeladmin_ship", args=[order.pk]),
        "admin-refund": reverse("orders_order_modeladmin_refund", args=[parcel.pk]),
        "admin-mail-text": reverse("mail_texts:edit", args=[text.pk]),
        "admin-test-mail": reverse("mail_texts:test", args=[text.pk]),
        "admin-cancel": reverse("orders_order_modeladmin_cancel", args=[parcel.pk]),
    }
