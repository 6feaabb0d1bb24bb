"""What the shop calls itself, who sells, and how parcels travel."""

from wagtail.models import Page

from checkout.models import ShippingMethod
from home.demo.content.shop import BRAND, CARRIERS, SELLER, SHIPPING_METHODS, TAX_RATES
from orders.models import Carrier, SellerSettings
from products.models import TaxRate
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


def build_taxes() -> None:
    """The rate of each class that the shop has none of."""
    for values in TAX_RATES:
        if not TaxRate.objects.filter(tax_class=values["tax_class"], country="").exists():
            record = TaxRate(**values)
            record.full_clean()
            record.save()


def build_shipping() -> None:
    """A shop without a shipping method gets the demo's; a shop that has one keeps what it has. The
    same for carriers."""
    for model, rows in ((ShippingMethod, SHIPPING_METHODS), (Carrier, CARRIERS)):
        if model._default_manager.exists():
            continue
        for values in rows:
            record = model(**values)
            record.full_clean()
            record.save()
