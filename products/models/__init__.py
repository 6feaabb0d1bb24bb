from products.models.attributes import Attribute, AttributeChoice, AttributeValue, ProductType
from products.models.catalog import PriceChange, Product, ProductTag, ProductVariant
from products.models.jobs import ImportJob
from products.models.pages import ProductIndexPage, ProductPage, ProductPagePicture
from products.models.sections import Section
from products.models.stock import StockMovement, StockRecord

__all__ = [
    "Attribute",
    "AttributeChoice",
    "AttributeValue",
    "ImportJob",
    "PriceChange",
    "Product",
    "ProductIndexPage",
    "ProductPage",
    "ProductPagePicture",
    "ProductTag",
    "ProductType",
    "ProductVariant",
    "Section",
    "StockMovement",
    "StockRecord",
]
