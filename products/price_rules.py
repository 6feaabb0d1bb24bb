"""Which prices the shop can charge. Pure but for the currency of the settings."""

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shopsite.lib.money import smallest_step

MAX_PRICE = Decimal(999_999_999)  # What the column holds: twelve digits, three of them decimals.


def check_price(price: Decimal) -> None:
    """Raises ValidationError, in words for whoever typed it, unless the price can be charged."""
    if not price.is_finite():
        raise ValidationError(_("Enter a number."), code="invalid")
    if price <= 0:
        raise ValidationError(_("A price is more than zero."), code="price_not_above_zero")
    if price > MAX_PRICE:
        raise ValidationError(_("A price has at most nine digits before the decimal point."))
    step = smallest_step(settings.SHOP_CURRENCY)
    if price % step:
        raise ValidationError(
            _("The smallest step of a price in %(currency)s is %(step)s."),
            code="price_too_fine",
            params={"currency": settings.SHOP_CURRENCY, "step": step},
        )
