"""Who may do what in the products half of the admin, beyond one model's own permissions."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from products.models import ProductIndexPage


def shop_page() -> ProductIndexPage | None:
    """The page that product pages are made below; None while the site has no shop yet."""
    return ProductIndexPage.objects.order_by("pk").first()


def can_create_product(user: AbstractBaseUser | AnonymousUser) -> bool:
    """A new product is a record and a page, so it takes both permissions."""
    parent = shop_page()
    return (
        parent is not None
        and user.has_perm("products.add_product")
        and parent.permissions_for_user(user).can_add_subpage()
    )
