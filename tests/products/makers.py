"""Makers that only the tests of products need."""

from decimal import Decimal
from io import BytesIO
from itertools import count

from django.contrib.auth.models import AbstractBaseUser, Permission
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import GroupPagePermission, Page

from products.catalog import create_product
from products.models import ProductIndexPage, ProductPage
from shopsite.cms.models import ShopImage
from tests.factories import make_user

_numbers = count(1)


def make_picture(title: str = "A cup", *, description: str = "A clay cup.") -> ShopImage:
    buffer = BytesIO()
    Image.new("RGB", (60, 75), "tan").save(buffer, "JPEG")
    file = ImageFile(buffer, name=f"picture-{next(_numbers)}.jpg")
    return ShopImage.objects.create(title=title, description=description, file=file)


def make_draft(
    name: str = "Speckled Mug", *, sku: str = "MUG-1", on_hand: int = 10, picture: bool = True
) -> ProductPage:
    """A product with its draft page, made by the service that the shop uses."""
    return create_product(
        name=name,
        sku=sku,
        price=Decimal("24.00"),
        on_hand=on_hand,
        picture=make_picture() if picture else None,
        alt_text="A mug on a table" if picture else "",
        parent=ProductIndexPage.objects.get(),
        user=None,
    )


def make_person(
    username: str, *permissions: str, page: Page | None = None, publish: bool = False
) -> AbstractBaseUser:
    """Somebody who may enter the admin and has exactly these permissions of the products app;
    with `page`, also those to add (and publish) pages below it."""
    user = make_user(username)
    group = user.groups.create(name=f"group of {username}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in permissions:
        app_label = "products"
        group.permissions.add(
            Permission.objects.get(content_type__app_label=app_label, codename=codename)
        )
    if page is not None:
        for codename in ["add_page", "change_page", *(["publish_page"] if publish else [])]:
            GroupPagePermission.objects.create(
                group=group, page=page, permission=Permission.objects.get(codename=codename)
            )
    return user
