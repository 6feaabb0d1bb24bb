"""What lists of products are put in order and narrowed down by, in one row for each page.

All of it follows from other records: products.listing_entries writes it, and could write all of it
anew. What a card shows of price and stock still comes from products.offers.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models.catalog import DECIMAL_PLACES, MAX_DIGITS, Product
from products.models.pages import ProductPage


class ListingEntry(models.Model):
    """`price` is the lowest of what can be bought, or of all that is for sale when nothing can.

    `title_key` is the title as names are sorted; `words` are those of the catalog that the page is
    found by: type, tags, details, options and SKUs. `facets` is what it is filtered by, as
    products.facets.tokens writes it.
    """

    page = models.OneToOneField(
        ProductPage, primary_key=True, on_delete=models.CASCADE, related_name="listing"
    )
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="listing_entries")
    title_key = models.CharField(max_length=255, db_index=True)
    price = models.DecimalField(
        max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, db_index=True
    )
    is_buyable = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    facets = models.TextField(blank=True)

    class Meta:
        verbose_name = _("entry of the product list")
        verbose_name_plural = _("entries of the product list")
        indexes = [
            models.Index(fields=["-is_buyable", "-published_at"], name="products_listing_newest"),
        ]

    def __str__(self) -> str:
        return self.title_key


class CatalogGeneration(models.Model):
    """One row. `number` grows with every change of what pages show of the catalog, `list_number`
    with those that change which products a list has, in which order."""

    number = models.PositiveBigIntegerField(default=0)
    list_number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="products_one_generation")
        ]

    def __str__(self) -> str:
        return str(self.number)
