"""Brings product grids, live and in every revision, into the form in which each product says what to
do when it cannot be bought: what was a page id is a struct with the page id in `product`."""

from django.db import migrations
from wagtail.blocks.migrations.migrate_operation import MigrateStreamData
from wagtail.blocks.migrations.operations import ListChildrenToStructBlockOperation


class ListChildrenToStruct(ListChildrenToStructBlockOperation):
    """As Wagtail's own, which cannot be asked about the empty list of an unfinished draft."""

    def apply(self, block_value):
        return super().apply(block_value) if block_value else block_value


class Migration(migrations.Migration):
    dependencies = [("home", "0009_product_blocks")]

    operations = [
        MigrateStreamData(
            app_name="home",
            model_name=name,
            field_name="body",
            operations_and_block_paths=[(ListChildrenToStruct("product"), "product_grid.products")],
        )
        for name in ["homepage", "landingpage", "storypage"]
    ]
