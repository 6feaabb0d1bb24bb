import django.core.validators
import django.utils.timezone
import django_countries.fields
from django.db import migrations, models

TAX_CLASSES = [
    ("standard", "Standard"),
    ("reduced", "Reduced"),
    ("second-reduced", "Second reduced"),
    ("zero", "Zero"),
]


class Migration(migrations.Migration):
    dependencies = [("products", "0015_help_texts")]

    operations = [
        migrations.CreateModel(
            name="TaxRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tax_class",
                    models.CharField(
                        choices=TAX_CLASSES,
                        default="standard",
                        help_text="What the law makes of the goods; each product says which it is.",
                        max_length=20,
                        verbose_name="tax class",
                    ),
                ),
                (
                    "country",
                    django_countries.fields.CountryField(
                        blank=True,
                        default="",
                        help_text=(
                            "A country has its own rates; leave it at everywhere else for all the others."
                        ),
                        max_length=2,
                        verbose_name="delivered to",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Prices include it.",
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(99),
                        ],
                        verbose_name="rate in percent",
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        help_text=(
                            "Holds from this day on. Enter a new rate beside the old one, not over "
                            "it."
                        ),
                        verbose_name="from",
                    ),
                ),
            ],
            options={
                "verbose_name": "tax rate",
                "verbose_name_plural": "tax rates",
                "ordering": ["country", "tax_class", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tax_class", "country", "valid_from"),
                        name="products_tax_rate_once_a_day",
                        violation_error_message="There is a rate from this day on already.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="product",
            name="tax_class",
            field=models.CharField(
                choices=TAX_CLASSES,
                default="standard",
                help_text="What that is in percent stands under Tax rates.",
                max_length=20,
                verbose_name="tax class",
            ),
        ),
    ]
