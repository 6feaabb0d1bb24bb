"""Whose mail it is: what templates/emails/base.html shows of the brand, and the sender's name."""

from dataclasses import dataclass
from email.utils import formataddr, parseaddr

from django.conf import settings

from shopsite.cms.addresses import absolute_url
from shopsite.cms.drawing import rendition_of
from shopsite.cms.models import BrandSettings, ShopImage
from shopsite.lib.palette import named_tokens

# Twice as large as it is shown, and the one format that every mail program knows.
LOGO_FILTER = "max-480x160|format-png"
LOGO_WIDTH, LOGO_HEIGHT = 240, 80


@dataclass(frozen=True)
class MailPicture:
    """`url` is absolute; the size is that on the screen."""

    url: str
    width: int
    height: int


def mail_brand(brand: BrandSettings) -> dict[str, object]:
    """The context `brand` of every mail. Makes the logo's picture when it is asked for first."""
    return {
        "name": brand.name,
        "support_email": brand.support_email,
        "logo": _picture(brand.logo),
        "logo_dark": _picture(brand.logo_dark),
        "light": named_tokens(brand.palette.light),
        "dark": named_tokens(brand.palette.dark),
    }


def mail_sender(brand: BrandSettings) -> str:
    """The address that mails are sent from, under the name of the shop."""
    return formataddr((brand.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _picture(image: ShopImage | None) -> MailPicture | None:
    rendition = rendition_of(image, LOGO_FILTER)
    if rendition is None:
        return None
    scale = min(LOGO_WIDTH / rendition.width, LOGO_HEIGHT / rendition.height, 1)
    return MailPicture(
        url=absolute_url(rendition.url),
        width=round(rendition.width * scale),
        height=round(rendition.height * scale),
    )
