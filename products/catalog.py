"""New things to sell: the record, its stock, its price and the draft of its page together."""

from collections.abc import Sequence
from decimal import Decimal

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import PageSubscription

from products.models import (
    Product,
    ProductIndexPage,
    ProductPage,
    ProductPagePicture,
    ProductVariant,
)
from products.prices import open_price_ledger
from products.stock import open_stock
from shopsite.cms.models import ShopImage


@transaction.atomic
def create_product(
    *,
    name: str,
    sku: str,
    price: Decimal,
    on_hand: int,
    picture: ShopImage | None,
    alt_text: str,
    parent: ProductIndexPage,
    user: User | None,
) -> ProductPage:
    """Makes a product with one variant and the draft of its page below `parent`.

    The page is not live; its first revision belongs to `user`. Raises ValidationError, keyed by
    the names of the arguments, and leaves nothing behind.
    """
    product = Product(name=name)
    product.full_clean()
    product.save()
    add_variant(
        variant=ProductVariant(product=product, sku=sku, price=price), on_hand=on_hand, user=user
    )
    pictures = [ProductPagePicture(image=picture, alt_text=alt_text)] if picture else []
    return create_product_page(product=product, pictures=pictures, parent=parent, user=user)


@transaction.atomic
def add_variant(*, variant: ProductVariant, on_hand: int, user: User | None) -> ProductVariant:
    """Saves a new variant with its stock record and the first rows of both logs.

    Raises ValidationError, keyed by field, also when somebody else takes the SKU this very moment.
    """
    variant.full_clean()
    try:
        with transaction.atomic():
            variant.save()
    except IntegrityError as error:
        message = _("Another variant already has this SKU or these options.")
        raise ValidationError({"sku": message}) from error
    open_price_ledger(variant=variant, user=user)
    open_stock(variant=variant, on_hand=on_hand, user=user)
    return variant


@transaction.atomic
def create_product_page(
    *,
    product: Product,
    pictures: Sequence[ProductPagePicture] = (),
    parent: ProductIndexPage,
    user: User | None,
) -> ProductPage:
    """Makes the draft of a page for a product, with unsaved pictures in their order."""
    page = ProductPage(title=product.name, product=product, live=False, owner=user)
    for position, picture in enumerate(pictures):
        picture.sort_order = position
    page.pictures.add(*pictures)
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=True, clean=False)
    if user is not None:
        # As in Wagtail's own "add page": the author hears of comments on the page.
        PageSubscription.objects.create(page=page, user=user, comment_notifications=True)
    return page
