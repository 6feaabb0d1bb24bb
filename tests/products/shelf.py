"""A small catalog with every kind of facet, for the tests of lists."""

from decimal import Decimal

from products.listing_entries import refresh_listing
from products.models import Attribute, AttributeChoice, AttributeValue, ProductPage, ProductType
from tests.factories import make_product_page, make_variant


def set_detail(page: ProductPage, code: str, value: object) -> None:
    """Answers an attribute of the shelf; the entry follows with `refresh_listing`."""
    attribute = Attribute.objects.get(code=code)
    match attribute.kind:
        case "choice":
            choice, _created = AttributeChoice.objects.get_or_create(
                attribute=attribute, label=str(value)
            )
            values = {"choice": choice}
        case "number":
            values = {"number": Decimal(str(value))}
        case _:
            values = {"boolean": bool(value)}
    AttributeValue.objects.create(product=page.product, attribute=attribute, **values)


def make_attributes() -> None:
    for name, code, kind, unit in (
        ("Glaze", "glaze", "choice", ""),
        ("Volume", "volume", "number", "ml"),
        ("Dishwasher safe", "dishwasher-safe", "boolean", ""),
    ):
        Attribute.objects.create(name=name, code=code, kind=kind, unit=unit, is_facet=True)


def fill_shelf() -> None:
    """Three mugs in two glazes, a bowl, and a kettle that is sold out; needs make_site first."""
    make_attributes()
    mug, bowl, kettle = (
        ProductType.objects.create(name=name, code=name.lower())
        for name in ("Mug", "Bowl", "Kettle")
    )
    for kind in (mug, bowl, kettle):
        kind.attributes.set(Attribute.objects.all())
    rows = (
        ("Moss mug", "20.00", 5, mug, "Moss", "300", True),
        ("Oat mug", "22.50", 5, mug, "Oat", "350", True),
        ("Big oat mug", "30.00", 5, mug, "Oat", "500", False),
        ("Oat bowl", "40.00", 5, bowl, "Oat", "900", True),
        ("Iron kettle", "120.00", 0, kettle, None, "1500", None),
    )
    for name, price, on_hand, kind, glaze, volume, is_safe in rows:
        page = make_product_page(name, price=price, on_hand=on_hand)
        page.product.product_type = kind
        page.product.save()
        if glaze:
            set_detail(page, "glaze", glaze)
        set_detail(page, "volume", volume)
        if is_safe is not None:
            set_detail(page, "dishwasher-safe", is_safe)
    refresh_listing()


def make_towel() -> ProductPage:
    """A towel in two colors, of which only sage is left."""
    page = make_product_page("Linen towel", sku="TOWEL-SAGE", price="18.00")
    page.product.option1_name = "Color"
    page.product.save()
    page.product.variants.update(option1="Sage")
    make_variant(page.product, sku="TOWEL-OAT", price="17.00", on_hand=0, options=("Oat",))
    refresh_listing()
    return page
