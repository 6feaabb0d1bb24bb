"""Small makers of what tests need. Each takes only what the test is about."""

import json
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Site

from home.models import HomePage
from orders.models import Order, OrderLine
from orders.status import OrderStatus
from products.models import (
    CollectionIndexPage,
    CollectionPage,
    CollectionPick,
    Product,
    ProductIndexPage,
    ProductPage,
    ProductPagePicture,
    ProductVariant,
    Section,
    StockRecord,
)
from products.page_events import follow_page
from shopsite.cms.models import ShopImage
from shopsite.contact.models import ContactForm, ContactFormField
from tests.site_tree import build_site

_numbers = count(1)


def make_site() -> HomePage:
    """The home page of the tree every test of a page starts from. A copied database has it."""
    Site.clear_site_root_paths_cache()  # Of another test's site.
    return HomePage.objects.first() or build_site()


def make_image(title: str = "A cup", *, description: str = "A clay cup.") -> ShopImage:
    buffer = BytesIO()
    Image.new("RGB", (60, 75), "tan").save(buffer, "JPEG")
    file = ImageFile(buffer, name=f"test-{next(_numbers)}.jpg")
    return ShopImage.objects.create(title=title, description=description, file=file)


def make_variant(
    product: Product,
    *,
    sku: str | None = None,
    price: str = "24.00",
    on_hand: int = 10,
    options: tuple[str, ...] = (),
    is_active: bool = True,
) -> ProductVariant:
    values = {f"option{number}": value for number, value in enumerate(options, start=1)}
    variant = ProductVariant.objects.create(
        product=product,
        sku=sku or f"SKU-{next(_numbers)}",
        price=Decimal(price),
        is_active=is_active,
        **values,
    )
    StockRecord.objects.create(variant=variant, on_hand=on_hand)
    return variant


def make_product(
    name: str = "Speckled Mug", *, sku: str | None = None, price: str = "24.00", on_hand: int = 10
) -> ProductVariant:
    """A product without options and without a page; returns its one variant."""
    product = Product.objects.create(name=name)
    return make_variant(product, sku=sku, price=price, on_hand=on_hand)


def make_product_page(
    name: str = "Speckled Mug",
    *,
    sku: str | None = None,
    price: str = "24.00",
    on_hand: int = 10,
    live: bool = True,
    picture: bool = False,
) -> ProductPage:
    """A product with one variant and its page below /shop/; needs make_site first.

    A live page is there as if it had always been, without a revision: to publish one costs four
    twice as much, and most tests are about what is shown."""
    variant = make_product(name, sku=sku, price=price, on_hand=on_hand)
    published_at = timezone.now() if live else None
    page = ProductPage(
        title=name,
        product=variant.product,
        live=live,
        first_published_at=published_at,
        last_published_at=published_at,
        summary=f"{name}, by hand.",
    )
    if picture:
        page.pictures.add(
            ProductPagePicture(image=make_image(name), alt_text=f"{name} on a table", sort_order=0)
        )
    ProductIndexPage.objects.get().add_child(instance=page)
    if live:
        follow_page(page)
    else:
        page.save_revision()
    page.refresh_from_db()
    return page


def make_collection(
    title: str = "For the tea table",
    *,
    parent: CollectionPage | None = None,
    picks: Sequence[ProductPage] = (),
    rule: dict[str, object] | None = None,
    **fields: object,
) -> CollectionPage:
    """A live collection below /collections/ or another one; needs make_site first.

    `rule` holds the parts of a RuleBlock's stored value that matter.
    """
    stream = [{"type": "rule", "value": rule}] if rule is not None else []
    page = CollectionPage(title=title, rule=json.dumps(stream), **fields)
    page.picks.add(
        *(CollectionPick(product_page=pick, sort_order=n) for n, pick in enumerate(picks))
    )
    (parent or CollectionIndexPage.objects.get()).add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def make_user(
    username: str, *, group: str | None = None, is_superuser: bool = False
) -> AbstractBaseUser:
    """A person with the password "password"; `group` must exist."""
    user = get_user_model().objects.create_user(
        username=username,
        email=f"{username}@example.com",
        password="password",
        is_superuser=is_superuser,
        is_staff=is_superuser,
    )
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def make_order(
    *,
    variant: ProductVariant | None = None,
    quantity: int = 1,
    unit_price: str = "24.00",
    shipping: str = "4.90",
    status: OrderStatus = OrderStatus.AWAITING_PAYMENT,
    **fields: object,
) -> Order:
    """An order with one line, written straight into the tables: the line says that it holds its
    stock, but no stock record knows of it."""
    number = next(_numbers)
    line_total = Decimal(unit_price) * quantity
    values = {
        "number": f"T{number:06d}",
        "checkout_token": f"checkout-{number}",
        "status": status,
        "currency": "EUR",
        "subtotal": line_total,
        "shipping_total": Decimal(shipping),
        "shipping_tax": Decimal("0.78"),
        "shipping_tax_rate": Decimal("19.00"),
        "tax_total": Decimal("4.61"),
        "total": line_total + Decimal(shipping),
        "shipping_method_name": "Parcel",
        "email": "alice@example.com",
        "name": "Alice Arnold",
        "address_line1": "Gartenweg 3",
        "postal_code": "10115",
        "city": "Berlin",
        "country": "DE",
        "terms_accepted_at": timezone.now(),
        "expires_at": timezone.now() + timedelta(minutes=35),
        **fields,
    }
    order = Order.objects.create(**values)
    OrderLine.objects.create(
        order=order,
        variant=variant,
        sku=variant.sku if variant else "MUG-1",
        title="Speckled Mug",
        options_label="",
        quantity=quantity,
        unit_price=Decimal(unit_price),
        line_total=line_total,
        line_tax=Decimal("3.83"),
        tax_rate=Decimal("19.00"),
        allocated=quantity,
    )
    return order


def make_contact_form(title: str = "Ask us", **fields: object) -> ContactForm:
    """A form with a name, an e-mail address, an optional choice and a text."""
    form = ContactForm.objects.create(title=title, **fields)
    for number, (label, field_type, choices, required) in enumerate(
        (
            ("Name", "singleline", "", True),
            ("E-mail", "email", "", True),
            ("About", "radio", "An order\nA product", False),
            ("Message", "multiline", "", True),
        )
    ):
        ContactFormField.objects.create(
            form=form, sort_order=number, label=label, field_type=field_type,
            choices=choices, required=required,
        )  # fmt: skip
    return form


def make_section(
    title: str = "Why us", *, body: Sequence[tuple[str, object]] = (), live: bool = True
) -> Section:
    """A reusable section of these blocks."""
    section = Section(title=title, body=list(body), live=live)
    section.save()
    revision = section.save_revision()
    if live:
        revision.publish()
    return section
