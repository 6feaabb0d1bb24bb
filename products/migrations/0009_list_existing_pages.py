"""Gives the pages that are there already their entries, so that no list is empty after an upgrade.

What they are filtered and found by is written by `refresh_listing`, which knows the rules.
"""

from django.db import migrations


def list_pages(apps, schema_editor):
    ProductPage = apps.get_model("products", "ProductPage")
    ListingEntry = apps.get_model("products", "ListingEntry")
    ProductVariant = apps.get_model("products", "ProductVariant")
    variants = {}
    rows = ProductVariant.objects.filter(is_active=True).values_list(
        "product_id", "price", "stock__on_hand", "stock__allocated"
    )
    for product_id, price, on_hand, allocated in rows:
        variants.setdefault(product_id, []).append((price, (on_hand or 0) > (allocated or 0)))
    entries = []
    pages = ProductPage.objects.filter(product__isnull=False, listing__isnull=True)
    for page in pages.only("title", "first_published_at", "product_id").iterator():
        own = variants.get(page.product_id, [])
        buyable = [price for price, is_buyable in own if is_buyable]
        entries.append(
            ListingEntry(
                page_id=page.pk,
                product_id=page.product_id,
                title_key=page.title.casefold()[:255],
                price=min(buyable or [price for price, _is_buyable in own], default=None),
                is_buyable=bool(buyable),
                published_at=page.first_published_at,
            )
        )
    ListingEntry.objects.bulk_create(entries, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("products", "0008_collections_and_listing")]

    operations = [migrations.RunPython(list_pages, migrations.RunPython.noop)]
