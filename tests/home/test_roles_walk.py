"""Every address of the admin, opened by each group: who sees what customers told us, and where.

The addresses come from the URL resolver, so that a view added tomorrow is walked as well.
"""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from itertools import product
from zipfile import ZipFile

import pytest
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils.regex_helper import normalize
from django.utils.timezone import now
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Collection, Page, Revision, Site

from checkout.models import ShippingMethod, WebhookEvent
from home.granting import create_roles
from home.models import HomePage, LandingIndexPage, LandingPage, ShortAddress
from home.roles import ACCOUNTANTS, CHIEFS, EDITORS, MARKETERS, SHOP_STAFF
from orders.models import Order, OrderEvent, PaymentAttempt, SellerSettings
from orders.payments import Receipt, mark_paid
from orders.status import AttemptState, OrderStatus
from products.models import (
    Product,
    ProductIndexPage,
    ProductPage,
    ProductVariant,
    StockMovement,
    StockRecord,
)
from shopsite.cms.models import BrandSettings, NavigationSettings, ShopImage
from shopsite.contact.models import ContactForm, FormSubmission, NewsletterSubscription
from tests.customers.coming_back import log_in
from tests.factories import make_order, make_user

pytestmark = pytest.mark.usefixtures("indexes")

MARKER = "Quillfeather"
PART_OF_MARKER = "uillfeathe"  # Finds the customer, and is not the marker when it is repeated.
KEY = 7777  # The primary key of one record of each kind: any view that takes a number finds one.
SUPERUSER = "Superuser"
PEOPLE = (EDITORS, CHIEFS, MARKETERS, SHOP_STAFF, ACCOUNTANTS, SUPERUSER)

MODELS = (
    ("orders", "order"),
    ("orders", "invoice"),
    ("orders", "sellersettings"),
    ("cms", "brandsettings"),
    ("cms", "navigationsettings"),
    ("home", "shortaddress"),
    ("products", "product"),
    ("products", "productpage"),
    ("home", "landingpage"),
    ("wagtailcore", "page"),
    ("wagtailcore", "groupapprovaltask"),
    ("auth", "user"),
    ("taggit", "tag"),
    ("contact", "contactform"),
)
WORDS = {
    "action": "delete",
    "action_name": "approve",
    "filter_spec": "width-50",
    "uidb64": "Mg",
    "token": "set-password",
}
PLAIN, SEARCH, CSV, XLSX = (
    f"?id={KEY}", f"?id={KEY}&q={PART_OF_MARKER}", "?export=csv", "?export=xlsx",
)  # fmt: skip
NOT_WALKED = {
    "/admin/failwhale/",  # Wagtail raises an error there on purpose, to show what one looks like.
    "/admin/logout/",
}
DESK = "/admin/orders/order/"
CONTACT = "/admin/contact/"
SHOWING = {
    DESK,
    f"{DESK}inspect/{KEY}/",
    f"{DESK}invoice/{KEY}/",
    f"{DESK}packing_slip/{KEY}/",
    f"{DESK}ship/{KEY}/",
    f"{DESK}cancel/{KEY}/",
    f"{CONTACT}messages/",
    f"{CONTACT}messages/results/",
    f"{CONTACT}messages/inspect/{KEY}/",
    f"{CONTACT}newsletter/",
    f"{CONTACT}newsletter/results/",
    f"{CONTACT}newsletter/inspect/{KEY}/",
    f"{CONTACT}newsletter/delete/{KEY}/",
}


@pytest.fixture
def order(site: HomePage) -> Order:
    """A paid order of a customer whose every word is MARKER, in a shop with one of everything."""
    make_one_of_everything()
    create_roles()
    for group in (EDITORS, CHIEFS, MARKETERS, SHOP_STAFF, ACCOUNTANTS):
        make_user(group, group=group)
    make_user(SUPERUSER, is_superuser=True)
    order = make_order(
        pk=KEY, number="F77", name=f"Ada {MARKER}", email=f"{MARKER}@example.com",
        address_line1=f"{MARKER} Lane 3", address_line2=MARKER, city=MARKER, region=MARKER,
        phone="+49 30 5550199", note=f"For {MARKER}", variant=ProductVariant.objects.get(),
    )  # fmt: skip
    PaymentAttempt.objects.create(
        pk=KEY, order=order, number=1, idempotency_key=MARKER, request={"email": MARKER},
        state=AttemptState.COMPLETE, session_id="cs_1", expires_at=order.expires_at,
    )  # fmt: skip
    OrderEvent.objects.create(
        pk=KEY, order=order, kind=OrderEvent.Kind.PLACED, text=MARKER, source="checkout"
    )
    receipt = Receipt(payment_intent="pi_1", amount=order.total_money, is_live=False)
    mark_paid(order, receipt, source="test")
    assert order.status == OrderStatus.PAID
    assert MARKER in str(order.invoice.document)
    make_what_visitors_sent()
    return order


def make_what_visitors_sent() -> None:
    FormSubmission.objects.create(
        pk=KEY, form=ContactForm.objects.create(pk=KEY, title="Ask us"), form_title="Ask us",
        sender_email=f"{MARKER}@example.com", answers=[{"label": "Name", "value": MARKER}],
    )  # fmt: skip
    NewsletterSubscription.objects.create(
        pk=KEY, email=f"{MARKER}@example.com".lower(), consent_text="Yes", requested_at=now()
    )


def make_one_of_everything() -> None:
    record = Product.objects.create(pk=KEY, name="Mug")
    variant = ProductVariant.objects.create(pk=KEY, product=record, sku="MUG-1", price=Decimal(24))
    stock = StockRecord.objects.create(pk=KEY, variant=variant, on_hand=9)
    StockMovement.objects.create(
        pk=KEY, record=stock, reason=StockMovement.Reason.ALLOCATED, reference="F77"
    )
    page = ProductPage(pk=KEY, title="Mug", slug="mug", product=record)
    ProductIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    landing = LandingPage(title="Summer", slug="summer")
    LandingIndexPage.objects.get().add_child(instance=landing)
    landing.save_revision().publish()
    ShopImage.objects.create(pk=KEY, title="Mug", file=make_picture())
    Document.objects.create(pk=KEY, title="Care", file=ContentFile(b"Rinse.", name="care.txt"))
    Redirect.objects.create(pk=KEY, old_path="/old", redirect_link="/shop/")
    Collection.get_first_root_node().add_child(instance=Collection(pk=KEY, name="Kiln"))
    Site.objects.create(pk=KEY, hostname="other.example", root_page=HomePage.objects.get())
    Group.objects.create(pk=KEY, name="Guests")
    get_user_model().objects.create_user(pk=KEY, username="guest")
    SellerSettings.objects.create(pk=KEY)
    BrandSettings.objects.create(pk=KEY)
    NavigationSettings.objects.create(pk=KEY)
    ShortAddress.objects.create(pk=KEY, word="summer", page=landing)
    ShippingMethod.objects.create(pk=KEY, name="Parcel", price=Decimal("4.90"))
    WebhookEvent.objects.create(
        pk=KEY, event_id="evt_1", type="customer.created", state="ignored", created_at=now()
    )


def make_picture() -> ImageFile:
    buffer = BytesIO()
    Image.new("RGB", (60, 75), "tan").save(buffer, "JPEG")
    return ImageFile(buffer, name="mug.jpg")


# --- The addresses ----------------------------------------------------------------------------


def admin_addresses() -> list[str]:
    """Every address of the admin, with arguments that lead to something."""
    [admin] = [one for one in get_resolver().url_patterns if str(one.pattern) == "admin/"]
    found = []
    for pattern in patterns_below(admin, "admin/"):
        for template, names in normalize(pattern):
            found += [f"/{template % values}" for values in arguments(names)]
    return sorted(set(found))


def patterns_below(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for one in resolver.url_patterns:
        pattern = prefix + one.pattern.regex.pattern.removeprefix("^")
        if isinstance(one, URLResolver):
            yield from patterns_below(one, pattern)
        else:
            yield pattern


def arguments(names: list[str]) -> Iterator[dict[str, object]]:
    """What to fill a pattern's names with: each page, each model, one word or number."""
    pages = [KEY, LandingPage.objects.get().pk]
    revisions = list(Revision.page_revisions.values_list("pk", flat=True))[:1]
    for (app_label, model_name), page in product(
        MODELS if any("model" in name for name in names) else MODELS[:1],
        pages if any("page" in name for name in names) else pages[:1],
    ):
        yield {
            name: WORDS.get(name)
            or (app_label if "app" in name else None)
            or (model_name if "model" in name else None)
            or (page if "page" in name else None)
            or (revisions[0] if "revision" in name else KEY)
            for name in names
        }


def is_customer_data(response: HttpResponseBase) -> bool:
    """Whether an answer holds the customer's words, also packed in a workbook or a PDF."""
    body = b"".join(response) if response.streaming else response.content
    if response["Content-Type"] == "application/pdf":
        return True  # All PDFs here are about an order, and their text is compressed.
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as archive:
            body = b"".join(archive.read(name) for name in archive.namelist())
    return MARKER.lower() in body.decode(errors="replace").lower()


def test_the_addresses_are_all_of_the_admins(order: Order) -> None:
    addresses = admin_addresses()
    assert len(addresses) > 250
    for name, arguments_ in (
        ("orders_order_modeladmin_index", []),
        ("orders_order_modeladmin_inspect", [KEY]),
        ("wagtailadmin_pages:edit", [KEY]),
        ("wagtailadmin_api:pages:listing", []),
        ("wagtailadmin_reports:site_history", []),
        ("wagtailadmin_choose_page", []),
        ("wagtailusers_users:index", []),
        ("wagtailsettings:edit", ["orders", "sellersettings"]),
        ("wagtail_bulk_action", ["orders", "order", "delete"]),
    ):
        assert reverse(name, args=arguments_) in addresses


def answers(client: Client, address: str) -> Iterator[tuple[str, HttpResponseBase]]:
    """The page, and when it is a list its search and its exports, if it has any."""
    response = client.get(address + PLAIN)
    yield address + PLAIN, response
    if response.status_code != 200 or str(KEY) in address:
        return
    yield address + SEARCH, client.get(address + SEARCH)
    response = client.get(address + CSV)
    yield address + CSV, response
    if not response.get("Content-Type", "").startswith("text/html"):
        yield address + XLSX, client.get(address + XLSX)


@pytest.mark.parametrize(
    ("groups", "may_see"),
    [((EDITORS, CHIEFS, MARKETERS), set()), ((SHOP_STAFF, ACCOUNTANTS), SHOWING)],
    ids=["content", "orders"],
)
def test_only_those_who_work_with_orders_reach_customer_data(
    order: Order, client: Client, groups: tuple[str, ...], may_see: set[str]
) -> None:
    """Rights add up: what somebody in several groups does not see, nobody in one of them sees."""
    person = make_user("everything", group=groups[0])
    person.groups.set(Group.objects.filter(name__in=groups))
    client.force_login(person)
    client.raise_request_exception = False
    showing, failing, opened = set(), [], 0
    for address in admin_addresses():
        if address in NOT_WALKED:
            continue
        for asked, response in answers(client, address):
            opened += response.status_code == 200
            if response.status_code >= 500:
                failing.append(asked)
            elif response.status_code == 200 and is_customer_data(response):
                showing.add(address)
    assert failing == []
    assert showing == may_see
    assert opened > 100
    assert SESSION_KEY in client.session, "Somewhere on the way the person was logged out."


def test_a_customer_is_let_in_nowhere(order: Order, client: Client) -> None:
    """Answered like somebody who is not logged in at all, whoever else has their address."""
    Order.objects.update(email=get_user_model().objects.get(username=SUPERUSER).email)
    log_in(client, Order.objects.get().email)
    assert MARKER in client.get("/account/").content.decode()
    client.raise_request_exception = False
    stranger = Client(raise_request_exception=False)
    let_in = []
    for address in set(admin_addresses()) - NOT_WALKED:
        answer, to_stranger = client.get(address), stranger.get(address)
        if short_answer(answer) != short_answer(to_stranger) or is_customer_data(answer):
            let_in.append(address)
    assert let_in == []
    assert SESSION_KEY not in client.session


# --- The desk ---------------------------------------------------------------------------------


# Nobody logged in, editors, editors in chief, marketers, shop staff, accountants, superuser.
ANSWERS = {
    DESK: "login home home home 200 200 200",
    f"{DESK}?q={PART_OF_MARKER}": "login home home home 200 200 200",
    f"{DESK}?export=csv": "login home home home 200 200 200",
    f"{DESK}?export=xlsx": "login home home home 200 200 200",
    f"{DESK}inspect/{KEY}/": "login home home home 200 200 200",
    f"{DESK}invoice/{KEY}/": "login home home home 200 200 200",
    f"{DESK}ship/{KEY}/": "login home home home 200 home 200",
    f"{DESK}delivered/{KEY}/": "login home home home 405 home 405",
    f"{DESK}cancel/{KEY}/": "login home home home 200 home 200",
    f"{DESK}refund/{KEY}/": "login home home home 200 home 200",
    f"{DESK}credit_note/{KEY}/": "login home home home 404 404 404",
    "/admin/tax-rates/": "login home home home 200 200 200",
    f"{DESK}refund_payment/{KEY}/": "login home home home 405 home 405",
    f"{DESK}packing_slip/{KEY}/": "login home home home 200 200 200",
    f"{DESK}settle/{KEY}/": "login home home home 405 home 405",
    f"{DESK}ship_orders/": "login home home home 405 home 405",
    f"{DESK}print_packing_slips/": "login home home home 405 405 405",
    f"{DESK}print_invoices/": "login home home home 405 405 405",
    f"{DESK}export_orders/": "login home home home 405 405 405",
    "/admin/carrier/": "login home home home 200 home 200",
    f"{DESK}create/": "login home home home home home home",
    f"{DESK}edit/{KEY}/": "login home home home home home home",
    f"{DESK}delete/{KEY}/": "login home home home home home home",
    f"{DESK}history/{KEY}/": "login 404 404 404 404 404 404",
    f"{DESK}inspect/1/": "login 404 404 404 404 404 404",
    f"/admin/settings/orders/sellersettings/{KEY}/": "login home home home 200 home 200",
    f"/admin/settings/cms/brandsettings/{KEY}/": "login home home 200 home home 200",
    "/admin/products/": "login 200 200 home 200 200 200",
    "/admin/products/new/": "login 200 200 home home home 200",
    f"/admin/stock/edit/{KEY}/": "login home home home 200 home 200",
    f"/admin/pages/{KEY}/edit/": "login 200 200 home home home 200",
    "/admin/reports/sells-nothing/": "login 200 200 200 200 200 200",
    "/admin/reports/sales/": "login home home home 200 200 200",
    "/admin/reports/sales/?export=csv": "login home home home 200 200 200",
    "/admin/reports/tax/": "login home home home 200 200 200",
    "/admin/reports/tax/results/?export=xlsx": "login home home home 200 200 200",
    "/admin/reports/refunds/": "login home home home 200 200 200",
    "/admin/reports/refunds/results/": "login home home home 200 200 200",
    "/admin/reports/best-sellers/": "login home home home 200 200 200",
    "/admin/reports/best-sellers/?export=xlsx": "login home home home 200 200 200",
    "/admin/reports/sold-by-stories/": "login 200 200 200 200 200 200",
    "/admin/reports/sold-by-stories/?export=csv": "login 200 200 200 200 200 200",
    f"/admin/reports/sold-by-stories/{KEY}/": "login 200 200 home 200 200 200",
    f"/admin/reports/sold-by-stories/{KEY}/results/?export=xlsx": "login 200 200 home 200 200 200",
    "/admin/reports/invoices/": "login home home home 200 200 200",
    "/admin/reports/invoices/?export=csv": "login home home home 200 200 200",
    "/admin/reports/invoices/all.zip": "login home home home 200 200 200",
    "/admin/reports/invoices/nothing.pdf": "login home home home 404 404 404",
    "/admin/reports/stock-value/": "login 200 200 home 200 200 200",
    "/admin/reports/stripe-comparison/": "login home home home 200 200 200",
    "/admin/reports/stripe-comparison/results/": "login home home home 200 200 200",
    "/admin/reports/stripe-comparison/apply/": "login 405 405 405 405 405 405",
    f"/admin/swap/products/productpage/{KEY}/?product={KEY}": "login 200 200 home home home 200",
    f"/admin/pages/{KEY}/unpublish/": "login 200 200 home home home 200",
    "/admin/images/add/": "login 200 200 200 home home 200",
    "/admin/documents/add/": "login 200 200 200 home home 200",
    "/admin/users/": "login home home home home home 200",
    f"/admin/users/{KEY}/second-factor/": "login home home home home home 200",
    "/admin/account/second-factor/": "login 200 200 200 200 200 200",
    "/admin/second-factor/set-up/": "login 200 200 200 200 200 200",
    "/admin/second-factor/code/": "home home home home home home home",
    "/admin/second-factor/leave/": "405 405 405 405 405 405 405",
    "/admin/groups/": "login home home home home home 200",
    "/admin/sites/": "login home home home home home 200",
    f"/admin/settings/cms/navigationsettings/{KEY}/": "login home home 200 home home 200",
    "/admin/short-addresses/": "login home home 200 home home 200",
    f"/admin/short-addresses/edit/{KEY}/": "login home home 200 home home 200",
    "/admin/landing-pages/new/": "login home home 200 home home 200",
    "/admin/stripe-events/": "login home home home 200 home 200",
    f"/admin/stripe-events/inspect/{KEY}/": "login home home home 200 home 200",
    f"/admin/stripe-events/replay/{KEY}/": "login 405 405 405 405 405 405",
    f"{CONTACT}messages/": "login home home home 200 home 200",
    f"{CONTACT}messages/?export=csv": "login home home home 200 home 200",
    "/admin/customer-data/": "login home home home 200 home 200",
    f"{CONTACT}newsletter/": "login home home home 200 home 200",
    f"{CONTACT}newsletter/?export=xlsx": "login home home home 200 home 200",
    "/admin/snippets/contact/contactform/add/": "login home home 200 home home 200",
    f"/admin/snippets/contact/contactform/edit/{KEY}/": "login home home 200 home home 200",
}


def test_each_group_is_answered_as_the_table_says(order: Order, client: Client) -> None:
    found = {address: [short_answer(client.get(address))] for address in ANSWERS}
    for person in PEOPLE:
        client.force_login(get_user_model().objects.get(username=person))
        for address in ANSWERS:
            found[address].append(short_answer(client.get(address)))
    assert {address: " ".join(row) for address, row in found.items()} == ANSWERS


def short_answer(response: HttpResponseBase) -> str:
    """The status, or where a redirect leads to."""
    if response.status_code != 302:
        return str(response.status_code)
    return {"/admin/": "home", "/admin/login/": "login"}.get(
        response.url.partition("?")[0], response.url
    )


# --- Pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "published"),
    [
        (EDITORS, {"Mug"}),
        (CHIEFS, {"Mug"}),
        (MARKETERS, {"Summer"}),
        (SHOP_STAFF, set()),
        (SUPERUSER, {"Mug", "Summer"}),
    ],
)
def test_each_group_publishes_below_its_own_branches_only(
    order: Order, client: Client, person: str, published: set[str]
) -> None:
    client.force_login(get_user_model().objects.get(username=person))
    pages = [ProductPage.objects.get(), LandingPage.objects.get()]
    for page in pages:
        page.unpublish()
        form = {
            "title": page.title, "slug": page.slug, "summary": "", "body-count": "0",
            "after_purchase-count": "0",
            "pictures-TOTAL_FORMS": "0", "pictures-INITIAL_FORMS": "0",
            "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
            "action-publish": "action-publish",
        }  # fmt: skip
        response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
        assert response.status_code == 302
    live = Page.objects.live().filter(pk__in=[page.pk for page in pages])
    assert {page.title for page in live} == published


def test_shop_staff_can_neither_add_nor_unpublish_pages(order: Order, client: Client) -> None:
    client.force_login(get_user_model().objects.get(username=SHOP_STAFF))
    before = set(Page.objects.values_list("pk", "live"))
    index = LandingIndexPage.objects.get()
    for address in (
        reverse("wagtailadmin_pages:add", args=["home", "landingpage", index.pk]),
        reverse("wagtailadmin_pages:unpublish", args=[KEY]),
        reverse("wagtailadmin_pages:delete", args=[KEY]),
    ):
        form = {"title": "New", "slug": "new", "action-publish": "action-publish"}
        assert short_answer(client.post(address, form)) == "home"
    assert set(Page.objects.values_list("pk", "live")) == before
