"""Who may do what in the products half of the admin, beyond one model's own permissions."""

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from products.models import ProductIndexPage


def shop_page() -> ProductIndexPage | None:
    """The page that product pages are made below; None while the site has no shop yet."""
    return ProductIndexPage.objects.order_by("pk").first()


def can_create_product(user: User | AnonymousUser) -> bool:
    """A new product is a record and a page, so it takes both permissions."""
    parent = shop_page()
    return (
        parent is not None
        and user.has_perm("products.add_product")
        and parent.permissions_for_user(user).can_add_subpage()
    )


def staff_user(request: HttpRequest) -> User:
    """Who is logged in. Every view of the admin stands behind a login; here it is said aloud."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def parent_for_new_products(request: HttpRequest) -> ProductIndexPage:
    """The page to put a new product's page below. Raises PermissionDenied for others."""
    parent = shop_page()
    if parent is None or not can_create_product(request.user):
        raise PermissionDenied
    return parent
