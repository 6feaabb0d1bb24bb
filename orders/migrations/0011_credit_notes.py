import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0010_remove_single_tax_rate")]

    operations = [
        migrations.CreateModel(
            name="CreditNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="number")),
                ("document", models.JSONField(verbose_name="content")),
                ("taxes", models.JSONField(verbose_name="tax by rate")),
                ("issued_at", models.DateTimeField(verbose_name="issued")),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credit_notes",
                        to="orders.invoice",
                    ),
                ),
                (
                    "refund",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credit_note",
                        to="orders.refund",
                    ),
                ),
            ],
            options={
                "verbose_name": "credit note",
                "verbose_name_plural": "credit notes",
                "ordering": ["issued_at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="invoiceseries",
            name="kind",
            field=models.CharField(
                choices=[("invoice", "Invoices"), ("credit-note", "Credit notes")],
                default="invoice",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="invoiceseries", name="year", field=models.PositiveIntegerField()
        ),
        migrations.AddConstraint(
            model_name="invoiceseries",
            constraint=models.UniqueConstraint(
                fields=("kind", "year"), name="orders_series_once_a_year"
            ),
        ),
    ]
