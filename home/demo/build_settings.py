"""What the shop calls itself, who sells, and how parcels travel."""

from wagtail.models import Page

from checkout.models import ShippingMethod
from home.demo.content.shop import BRAND, SELLER, SHIPPING_METHODS
from orders.models import SellerSettings
from shopsite.cms.models import BrandSettings


def build_settings(*, terms_page: Page | None) -> None:
    """Writes brand and seller; only for a shop that is being built, since it overwrites both."""
    for model, values in ((BrandSettings, BRAND), (SellerSettings, SELLER)):
        record = model.load()
        for name, value in values.items():
            setattr(record, name, value)
        record.full_clean()
        record.save()
    SellerSettings.objects.update(terms_page=terms_page)


def build_shipping_methods() -> None:
    """A shop without a shipping method gets the demo's; a shop that has one keeps what it has."""
    if ShippingMethod.objects.exists():
        return
    for values in SHIPPING_METHODS:
        method = ShippingMethod(**values)
        method.full_clean()
        method.save()
