"""What tests.browser.stage adds to the demo's content. Each returns addresses."""

from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from checkout.payments import MAX_ATTEMPTS
from home.models import LandingPage
from orders.models import Order, PaymentAttempt
from orders.status import AttemptState, OrderStatus
from products.models import Product, ProductPage, ProductVariant, StockRecord
from products.stock import count_stock
from shopsite.contact.models import ContactForm, NewsletterSubscription
from tests.factories import make_order

SOLD_OUT = "salt-cellar"  # No other test buys one.
QUIET_PAGE = "a-quiet-page"


@transaction.atomic
def build_stage() -> dict[str, str]:
    return {
        **sell_out(SOLD_OUT),
        **build_quiet_page(),
        **build_orders(),
        **build_newsletter(),
        **find_admin_pages(),
        "form": reverse("form-page", args=[ContactForm.objects.earliest("pk").pk]),
        "cart-with-trouble": make_cart_with_trouble(),
    }


def sell_out(slug: str) -> dict[str, str]:
    """Nothing of the product is left, also where stories point at it."""
    page = ProductPage.objects.get(slug=slug)
    for record in StockRecord.objects.filter(variant__product=page.product):
        count_stock(record=record, counted=0, expected_on_hand=record.on_hand, user=None)
    return {"product-sold-out": page.url}


def build_quiet_page() -> dict[str, str]:
    """A landing page with nothing around its content."""
    template = LandingPage.objects.get(slug="breakfast-in-bed")
    page = LandingPage.objects.filter(slug=QUIET_PAGE).first()
    if page is None:
        page = LandingPage(title="A quiet page", slug=QUIET_PAGE, body=template.body)
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
    orders = {f"order-{state}": find_or_make_order(status=state) for state in states}
    orders["order-unpayable"] = find_or_make_order(status=OrderStatus.AWAITING_PAYMENT)
    use_up_attempts(orders["order-unpayable"])
    return {name: order.get_absolute_url() for name, order in orders.items()}


def find_or_make_order(*, status: OrderStatus) -> Order:
    """Numbers of the factory begin anew in each process."""
    number = f"STAGE-{status}"
    found = Order.objects.filter(number=number).first()
    return found or make_order(
        number=number, checkout_token=number, status=status, email="stage@example.com"
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
        ],
        ignore_conflicts=True,
    )


def build_newsletter() -> dict[str, str]:
    asked = NewsletterSubscription.objects.get_or_create(
        email="stage@example.com",
        ended_at=None,
        defaults={"consent_text": "Yes.", "requested_at": timezone.now()},
    )[0]
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


def find_admin_pages() -> dict[str, str]:
    mug = Product.objects.filter(pages__slug="speckled-mug").distinct().get()
    order = Order.objects.get(number=f"STAGE-{OrderStatus.PAID}")
    page = ProductPage.objects.get(slug="speckled-mug")
    return {
        "admin-product": reverse("products_admin:edit", args=[mug.pk]),
        "admin-make-variants": reverse("products_admin:make_variants", args=[mug.pk]),
        "admin-variant": reverse("variants_admin:edit", args=[mug.variants.earliest("pk").pk]),
        "admin-product-page": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "admin-order": reverse("orders_order_modeladmin_inspect", args=[order.pk]),
    }
