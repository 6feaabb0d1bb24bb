"""Addresses that people type as the target of a link."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext_lazy as _

PATH = re.compile(r"/(?!/)[^\s\\]*")
PHONE = re.compile(r"tel:\+?[0-9][0-9-]*", re.ASCII)

HARMLESS_SCHEMES = frozenset({"", "http", "https", "ftp", "ftps", "mailto", "tel"})


def harmless_address(address: str) -> str:
    """The address, but nothing that a browser would run when it is followed.

    Forms refuse that already; this is for what came into a page in another way.
    """
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return ""
    return address if scheme in HARMLESS_SCHEMES else ""


def validate_link_address(address: str) -> None:
    """A path of this site ("/search/"), https://, http://, mailto: or tel:. Nothing that runs."""
    if PATH.fullmatch(address) or PHONE.fullmatch(address):
        return
    try:
        if address.startswith("mailto:"):
            EmailValidator()(address.removeprefix("mailto:").partition("?")[0])
        else:
            URLValidator(schemes=["https", "http"])(address)
    except ValidationError as error:
        raise ValidationError(
            _("Enter an address such as https://example.com/, /search/ or mailto:us@example.com."),
            code="invalid",
        ) from error
