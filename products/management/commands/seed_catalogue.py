import argparse
import logging
import re
from typing import Any, TextIO, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from products.bulk import create_products
from products.bulk_pages import create_product_pages, index_product_pages
from products.listing_entries import refresh_listing
from products.models import ProductIndexPage, ProductVariant
from products.samples import SKU_PREFIX, SampleDetails, create_sample_details, make_sample
from shopsite.lib.progress import ProgressBar

CHUNK_SIZE = 1_000  # Products in memory and in one transaction.
MAX_PRODUCTS = 1_000_000


def amount(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 1 <= number <= MAX_PRODUCTS:
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 1 to {MAX_PRODUCTS}.")
    return number


class Command(BaseCommand):
    """Goes on from the last sample, so that 900 after 100 makes 1000 in all. Wagtail's reference
    index is left out: `rebuild_references_index` makes it."""

    help = "Adds live sample products below the shop page, for measurements."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=amount, metavar="N", help="how many products to add")
        parser.add_argument(
            "--force", action="store_true", help="also where DEBUG is off, as in a real shop"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["force"]:
            raise CommandError(
                "DEBUG is off, so this may be a real shop, and nothing was written. "
                "Shoppers would see the samples. --force writes them all the same."
            )
        shop = ProductIndexPage.objects.order_by("pk").first()
        if shop is None:
            raise CommandError("There is no shop page yet. Run load_demo, or make one.")
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        first, count = last_sample() + 1, options["count"]
        details = create_sample_details()
        bar = ProgressBar(cast("TextIO", self.stderr), total=count)
        for start in range(first, first + count, CHUNK_SIZE):
            end = min(start + CHUNK_SIZE, first + count)
            page_ids, product_ids = write_samples(range(start, end), details, shop)
            refresh_listing(product_ids)
            index_product_pages(page_ids)
            bar.show(end - first, "products")
        self.stdout.write(f"{count} products were added below “{shop.title}”.")


def last_sample() -> int:
    """The number of the newest sample; 0 when there is none."""
    skus = ProductVariant.objects.filter(sku__startswith=SKU_PREFIX).values_list("sku", flat=True)
    numbers = (re.match(rf"{SKU_PREFIX}(\d+)-", sku) for sku in skus.iterator())
    return max((int(found[1]) for found in numbers if found), default=0)


@transaction.atomic
def write_samples(
    numbers: range, details: SampleDetails, shop: ProductIndexPage
) -> tuple[list[int], list[int]]:
    """Saves the samples of these numbers with their live pages; returns the ids of pages and of
    products."""
    now = timezone.now()
    samples = [make_sample(number, details, now=now) for number in numbers]
    create_products([sample.new for sample in samples], user=None)
    for sample in samples:
        sample.page.product = sample.new.product  # Again: it had no key when the page was made.
    pages = [sample.page for sample in samples]
    create_product_pages(pages, parent=shop)
    return [page.pk for page in pages], [page.product.pk for page in pages if page.product]
