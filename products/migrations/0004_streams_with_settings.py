"""Brings streams, live and in every revision, into the form that the shared settings ask for:
a text block is a struct with its words in `text`, and a call to action has its look in `theme`."""

from django.db import migrations
from wagtail.blocks.migrations.migrate_operation import MigrateStreamData
from wagtail.blocks.migrations.operations import (
    RenameStructChildrenOperation,
    StreamChildrenToStructBlockOperation,
)

OPERATIONS = [
    (StreamChildrenToStructBlockOperation("text", "text"), ""),
    (RenameStructChildrenOperation("style", "theme"), "call_to_action"),
]


class Migration(migrations.Migration):
    dependencies = [("products", "0003_shared_block_settings")]

    operations = [
        MigrateStreamData(
            app_name="products",
            model_name=name,
            field_name="body",
            operations_and_block_paths=OPERATIONS,
        )
        for name in ["productpage"]
    ]
