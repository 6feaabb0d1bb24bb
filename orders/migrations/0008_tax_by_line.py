from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0007_every_refund_has_a_payment"),
        ("products", "0016_taxes"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="shipping_tax",
            field=models.DecimalField(
                decimal_places=3,
                default=0,
                max_digits=14,
                verbose_name="tax included in shipping",
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="shipping_tax_rate",
            field=models.DecimalField(
                decimal_places=2, default=0, max_digits=5, verbose_name="tax rate in percent"
            ),
        ),
        migrations.AddField(
            model_name="orderline",
            name="tax_rate",
            field=models.DecimalField(
                decimal_places=2, default=0, max_digits=5, verbose_name="tax rate in percent"
            ),
        ),
    ]
