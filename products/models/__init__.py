from products.models.catalog import PriceChange, Product, ProductVariant
from products.models.pages import ProductIndexPage, ProductPage, ProductPagePicture
from products.models.stock import StockMovement, StockRecord

__all__ = [
    "PriceChange",
    "Product",
    "ProductIndexPage",
    "ProductPage",
    "ProductPagePicture",
    "ProductVariant",
    "StockMovement",
    "StockRecord",
]
