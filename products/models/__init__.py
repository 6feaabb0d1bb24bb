from products.models.attributes import Attribute, AttributeChoice, AttributeValue, ProductType
from products.models.catalog import PriceChange, Product, ProductTag, ProductVariant
from products.models.collections import CollectionIndexPage, CollectionPage, CollectionPick
from products.models.jobs import ImportJob
from products.models.listing import CatalogGeneration, ListingEntry
from products.models.pages import ProductIndexPage, ProductPage, ProductPagePicture
from products.models.sections import Section
from products.models.stock import StockMovement, StockRecord
from products.models.tax import TaxClass, TaxRate

__all__ = [
    "Attribute",
    "AttributeChoice",
    "AttributeValue",
    "CatalogGeneration",
    "CollectionIndexPage",
    "CollectionPage",
    "CollectionPick",
    "ImportJob",
    "ListingEntry",
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
    "TaxClass",
    "TaxRate",
]
