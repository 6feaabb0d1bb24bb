from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("orders", "0009_fill_tax_by_line")]
    operations = [
        migrations.RemoveField(model_name="order", name="tax_rate"),
        migrations.RemoveField(model_name="sellersettings", name="tax_rate"),
    ]
