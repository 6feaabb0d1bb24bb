"""Every page of the site in every state a person meets it in, as a few walks through it.

A walk brings a page into one state after the other and says its name each time; whoever walks
along looks at it there. Accessibility, markup and pictures are all taken on these walks.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import Page, expect

from tests.browser.admin import sign_in
from tests.browser.mailbox import open_mail
from tests.browser.shopper import DECLINED_CARD, Shopper
from tests.browser.watch import Watch

SHOP_PAGES = {
    "home": "/",
    "shop": "/shop/",
    "shop-filtered": "/shop/?in_stock=1&material=stoneware",
    "shop-nothing-left": "/shop/?material=stoneware&price_max=1",
    "collections": "/collections/",
    "collection": "/collections/tea/",
    "collection-nested": "/collections/tea/matcha/",
    "product": "/shop/hearth-teapot/",
    "product-many-variants": "/shop/speckled-mug/",
    "product-one-variant": "/shop/cedar-hinoki-candle/",
    "stories": "/stories/",
    "story": "/stories/the-kettle-comes-first/",
    "story-with-gallery": "/stories/matcha-in-four-minutes/",
    "story-with-recipe": "/stories/porridge-begun-the-evening-before/",
    "story-with-comparison": "/stories/which-kettle-is-yours/",
    "landing-pages": "/campaigns/",
    "landing-page": "/campaigns/a-gift-of-tea/",
    "landing-page-basket": "/campaigns/breakfast-in-bed/",
    "landing-page-video": "/campaigns/spring-firing/",
    "terms": "/terms/",
    "search": "/search/",
    "search-results": "/search/?q=tea",
    "search-nothing": "/search/?q=xylophone",
    "newsletter": "/newsletter/",
    "newsletter-thanks": "/newsletter/thanks/",
    "cart-empty": "/cart/",
    "find-order": "/orders/find/",
    "find-order-sent": "/orders/find/sent/",
    "link-replaced": "/orders/find/replaced/",
    "log-in": "/account/log-in/",
    "log-in-sent": "/account/log-in/sent/",
    "log-in-link-ended": "/account/log-in/none/",
}
STAGED_PAGES = (
    "product-sold-out",
    "landing-page-quiet",
    "form",
    "newsletter-confirm",
    "newsletter-unsubscribe",
    "order-paid",
    "order-processing",
    "order-expired",
    "order-canceled",
    "order-review",
    "order-partly_shipped",
    "order-shipped",
    "order-delivered",
    "order-with-guides",
)
# Only what this project adds to the admin. Names beside the demo's people of the same name.
ADMIN_PAGES = {
    "admin-products": "/admin/products/",
    "admin-new-product": "/admin/products/new/",
    "admin-variants": "/admin/variants/",
    "admin-stock": "/admin/stock/",
    "admin-stock-log": "/admin/stock-log/",
    "admin-import": "/admin/product-files/import/",
    "admin-product-files": "/admin/product-files/",
    "admin-product-types": "/admin/product-types/",
    "admin-attributes": "/admin/attributes/",
    "admin-tax-rates": "/admin/tax-rates/",
    "admin-sells-nothing": "/admin/reports/sells-nothing/",
    "admin-missed-searches": "/admin/reports/missed-searches/",
    "admin-home": "/admin/",
    "admin-sales-report": "/admin/reports/sales/",
    "admin-sales-report-empty": "/admin/reports/sales/?days_from=2001-01-01&days_to=2001-01-31",
    "admin-tax-report": "/admin/reports/tax/",
    "admin-refunds-report": "/admin/reports/refunds/",
    "admin-best-sellers": "/admin/reports/best-sellers/",
    "admin-page-sales": "/admin/reports/sold-by-stories/",
    "admin-invoices-report": "/admin/reports/invoices/",
    "admin-no-invoices": "/admin/reports/invoices/?days_from=2001-01-01&days_to=2001-01-31",
    "admin-stock-value": "/admin/reports/stock-value/",
    "admin-stripe-comparison": "/admin/reports/stripe-comparison/",
    "admin-stripe-comparison-empty": (
        "/admin/reports/stripe-comparison/?days_from=2001-01-01&days_to=2001-01-31"
    ),
    "admin-new-landing-page": "/admin/landing-pages/new/",
    "admin-short-addresses": "/admin/short-addresses/",
    "admin-orders": "/admin/orders/order/",
    "admin-orders-needing-attention": "/admin/orders/order/?attention=any",
    "admin-orders-filtered": "/admin/orders/order/?placed_from=2026-01-01&country=DE&product=a",
    "admin-orders-wrong-filter": "/admin/orders/order/?sum_from=ten&sum_to=-1",
    "admin-stripe-events": "/admin/stripe-events/",
    "admin-customer-data": "/admin/customer-data/",
    "admin-messages": "/admin/contact/messages/",
    "admin-newsletter": "/admin/contact/newsletter/",
    "admin-shipping": "/admin/shippingmethod/",
    "admin-carriers": "/admin/carrier/",
    "admin-mail-texts": "/admin/mail-texts/",
    "admin-new-section": "/admin/snippets/products/section/add/",
}
STAGED_ADMIN_PAGES = (
    "admin-product",
    "admin-product-page",
    "admin-block-sales",
    "admin-make-variants",
    "admin-variant",
    "admin-order",
    "admin-order-with-parcel",
    "admin-order-needing-attention",
    "admin-stripe-event",
    "admin-ship",
    "admin-refund",
    "admin-cancel",
    "admin-mail-text",
    "admin-test-mail",
)


# As another site makes a browser do it.
POST_FROM_ELSEWHERE = """(address) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: address });
  document.body.append(form);
  form.submit();
}"""


@dataclass(frozen=True)
class Walker:
    """A person's page, who listens to it, and where tests.browser.stage put its pages."""

    page: Page
    watch: Watch
    stage: dict[str, str]


def walk_the_shop(walker: Walker) -> Iterator[str]:
    for name, address in SHOP_PAGES.items():
        walker.page.goto(address)
        yield name
    for name in STAGED_PAGES:
        walker.page.goto(walker.stage[name])
        yield name


def walk_through_the_account(walker: Walker) -> Iterator[str]:
    page = walker.page
    page.goto("/orders/find/")
    page.get_by_role("button", name="Send me the links").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "find-order-errors"
    page.goto("/account/log-in/")
    page.locator("main").get_by_label("E-mail").fill("stage@example.com")
    page.wait_for_timeout(2100)  # Nobody fills in a form in less than two seconds.
    page.get_by_role("button", name="Send me the link").click()
    open_mail(page, "Your link to log in at Fern & Kettle", to="stage@example.com")
    link = page.frame_locator("iframe").get_by_role("link", name="Log in")
    page.goto(link.get_attribute("href") or "")
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    yield "log-in-link"
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Your orders")).to_be_visible()
    yield "account"
    page.get_by_role("link", name="Delete my account").click()
    expect(page.get_by_role("heading", name="Delete your account?")).to_be_visible()
    yield "account-delete"


def walk_into_trouble(walker: Walker) -> Iterator[str]:
    """What nobody wants to see."""
    page, watch = walker.page, walker.watch
    for name, status, address in [
        ("missing", 404, "/shop/blue-speckled-mug/"),
        ("missing-order", 404, "/orders/never-was/"),
        ("forbidden", 403, "/test/403/"),
        ("broken", 500, "/test/500/"),
    ]:
        watch.expect_answer(status, address)
        page.goto(address)
        yield name
    watch.expect_answer(403, "/cart/add/")
    page.goto("/cart/")
    cart = page.url
    page.goto("about:blank")
    with page.expect_navigation():
        page.evaluate(POST_FROM_ELSEWHERE, f"{cart}add/")
    yield "form-from-elsewhere"
    page.goto(walker.stage["form"])
    watch.expect_answer(422, walker.stage["form"])
    page.locator("main form").first.evaluate("form => { form.noValidate = true; form.submit(); }")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "form-errors"
    unpayable = walker.stage["order-unpayable"]
    watch.expect_answer(503, f"{unpayable}pay/")
    page.goto(unpayable)
    page.get_by_role("button", name="Pay now").click()
    yield "payment-unavailable"
    session = {"name": "sessionid", "value": walker.stage["cart-with-trouble"]}
    page.context.add_cookies([{**session, "url": urljoin(page.url, "/")}])
    page.goto("/cart/")
    expect(page.get_by_text("This is sold out. Please remove it.")).to_be_visible()
    yield "cart-with-trouble"


def walk_to_the_order(walker: Walker) -> Iterator[str]:
    """A purchase with everything that can go wrong in it, and the mails about it."""
    page = walker.page
    shopper = Shopper(page, email="a.very.long.address.for.a.narrow.window@example-domain.example")
    shopper.add_to_cart("cedar-hinoki-candle", quantity=2)
    shopper.add_to_cart("moss-matcha-bowl")
    yield "cart"
    shopper.begin_checkout()
    yield "checkout"
    shopper.bill_to("", vat_id="DE123456789")
    yield "checkout-bill"
    shopper.go_on_to_payment()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "checkout-errors"
    shopper.fill_in_address()
    shopper.bill_to("The Company with a Very Long Name for Tea and Pottery", vat_id="DE123456788")
    shopper.go_on_to_payment()
    expect(page.get_by_role("button", name="Pay")).to_be_visible()
    yield "payment"
    shopper.pay(DECLINED_CARD)
    expect(page.get_by_role("alert")).to_be_visible()
    yield "payment-declined"
    payment_page = page.url
    page.get_by_role("link", name="Back").click()
    page.get_by_role("link", name="See the order").click()
    expect(page.get_by_role("button", name="Pay now")).to_be_visible()
    yield "order-awaiting"
    page.goto(payment_page)
    shopper.pay()
    number = shopper.expect_paid()
    yield "order-just-paid"
    yield from walk_through_the_sandbox(walker, urljoin(payment_page, "/"))
    page.goto("/demo/mail/")
    yield "mailbox"
    open_mail(page, f"Your Fern & Kettle order {number} is confirmed")
    yield "mail"


def walk_through_the_sandbox(walker: Walker, sandbox: str) -> Iterator[str]:
    """What plays Stripe, after a payment. Nothing is set there: others share it."""
    page = walker.page
    page.goto(sandbox)
    yield "payment-sandbox"
    page.get_by_role("link", name="evt_").first.click()
    expect(page.get_by_role("heading", name="What it says")).to_be_visible()
    yield "payment-sandbox-event"
    page.goto(sandbox)
    page.get_by_role("link", name="pi_").first.click()
    expect(page.get_by_role("heading", name="Refunds")).to_be_visible()
    yield "payment-sandbox-payment"
    page.goto(urljoin(sandbox, "controls"))
    yield "payment-sandbox-controls"
    page.get_by_label("Copies", exact=True).fill("99")
    walker.watch.expect_answer(400, "/controls/webhooks")
    page.get_by_role("button", name="Deliver like this").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "payment-sandbox-controls-errors"


def walk_through_the_admin(walker: Walker) -> Iterator[str]:
    page = walker.page
    sign_in(page, "admin")
    for name, address in ADMIN_PAGES.items():
        page.goto(address)
        yield name
    for name in STAGED_ADMIN_PAGES:
        page.goto(walker.stage[name])
        yield name
    page.goto(walker.stage["admin-page-that-sold"])
    page.get_by_role("button", name="Toggle what this sold").click()
    expect(page.get_by_text("Since the beginning")).to_be_visible()
    page.mouse.move(0, 0)  # Wagtail's hint stands outside of its landmarks.
    page.evaluate("() => document.activeElement.blur()")
    yield "admin-page-that-sold"
    page.goto("/admin/orders/order/")
    page.get_by_role("checkbox", name="All on this page").check()
    page.get_by_role("button", name="Ship …").click()
    expect(page.get_by_role("heading", name="left out")).to_be_visible()
    yield "admin-ship-many"


def walk_through_the_doors(walker: Walker) -> Iterator[str]:
    """Signing in with a second factor, and without success. Ends with the door locked."""
    page, watch = walker.page, walker.watch
    page.goto("/admin/password_reset/")
    yield "admin-password-reset"
    page.goto("/admin/login/")
    yield "admin-log-in"
    fill_in_password(page, "guarded", "guarded")
    expect(page.get_by_role("heading", name="your code")).to_be_visible()
    yield "admin-second-factor-code"
    page.get_by_label("Code").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("This code is wrong")).to_be_visible()
    yield "admin-second-factor-wrong-code"
    page.wait_for_timeout(1100)  # A wrong one holds the next up for a second.
    page.get_by_label("Code").fill(walker.stage["backup-code"])
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("navigation", name="Main menu")).to_be_visible()
    page.goto("/admin/account/second-factor/")
    yield "admin-second-factor"
    page.goto(walker.stage["admin-second-factor-reset"])
    yield "admin-second-factor-reset"
    page.context.clear_cookies()
    sign_in(page, "admin")
    page.goto("/admin/second-factor/set-up/")
    yield "admin-second-factor-set-up"
    page.context.clear_cookies()
    watch.expect_answer(429, "/admin/login/")
    for _number in range(5):
        page.goto("/admin/login/")
        fill_in_password(page, "nobody", "wrong")
    expect(page.get_by_role("heading", name="Too many attempts")).to_be_visible()
    yield "admin-locked-out"


def fill_in_password(page: Page, name: str, password: str) -> None:
    page.get_by_role("textbox", name="Username").fill(name)
    page.get_by_role("textbox", name="Password").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()


Walk = Callable[[Walker], Iterator[str]]
SHOP_WALKS: tuple[Walk, ...] = (
    walk_the_shop,
    walk_through_the_account,
    walk_into_trouble,
    walk_to_the_order,
)
ADMIN_WALKS: tuple[Walk, ...] = (walk_through_the_admin, walk_through_the_doors)
