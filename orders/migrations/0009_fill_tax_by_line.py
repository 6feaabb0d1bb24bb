"""Orders had one rate for all of it, and the shop one rate for everything it sold."""

from datetime import date
from decimal import Decimal

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Sum

FIRST_DAY = date(2000, 1, 1)
USUAL_RATE = Decimal(19)  # What the setting said before anybody changed it.


def tax_each_line(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    orders = apps.get_model("orders", "Order").objects
    for order in orders.annotate(tax_of_lines=Sum("lines__line_tax")).iterator():
        order.lines.update(tax_rate=order.tax_rate)
        order.shipping_tax_rate = order.tax_rate
        order.shipping_tax = order.tax_total - (order.tax_of_lines or 0)
        order.save(update_fields=["shipping_tax", "shipping_tax_rate"])


def keep_rate_of_shop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    seller = apps.get_model("orders", "SellerSettings").objects.first()
    apps.get_model("products", "TaxRate").objects.get_or_create(
        tax_class="standard",
        country="",
        valid_from=FIRST_DAY,
        defaults={"percent": seller.tax_rate if seller else USUAL_RATE},
    )


class Migration(migrations.Migration):
    dependencies = [("orders", "0008_tax_by_line")]
    operations = [
        migrations.RunPython(tax_each_line, migrations.RunPython.noop),
        migrations.RunPython(keep_rate_of_shop, migrations.RunPython.noop),
    ]
