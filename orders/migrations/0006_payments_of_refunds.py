"""Refunds that were recorded before they named their payment: it was the only one, or the first."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_payments(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    refunds = apps.get_model("orders", "Refund").objects.filter(payment=None)
    payments = apps.get_model("orders", "Payment").objects
    for refund in refunds:
        refund.payment = payments.filter(order_id=refund.order_id).order_by("pk").first()
        refund.settled_at = refund.created_at
        refund.save(update_fields=["payment", "settled_at"])


class Migration(migrations.Migration):
    dependencies = [("orders", "0005_refunds")]
    operations = [migrations.RunPython(name_payments, migrations.RunPython.noop)]
