"""What a person who gave the right password has to do before they are let in."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User

from shopsite.second_factor.devices import has_second_factor

GIVE_CODE = "second-factor-code"
SET_UP = "second-factor-set-up"
ADMIN = "wagtailadmin.access_admin"


def next_step(user: User | AnonymousUser) -> str | None:
    """The name of the page that is next, None for who is in. One query, unless a code was given."""
    if not user.is_authenticated or getattr(user, "otp_device", None):
        return None
    if has_second_factor(user):
        return GIVE_CODE
    return SET_UP if is_required_of(user) else None


def is_required_of(user: User) -> bool:
    """With the setting, of everybody who may see what customers told us, or say who may."""
    if settings.STAFF_SECOND_FACTOR != "required":
        return False
    rights = settings.SECOND_FACTOR_PERMISSIONS
    return user.has_perm(ADMIN) and any(user.has_perm(name) for name in rights)
