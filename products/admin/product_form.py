"""The form of a product record: name, type, tags, options, and the answers its type asks for."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from products.admin.answer_fields import answer_field, field_name
from products.admin.forms import OPTION_FIELDS
from products.attributes import answer_of, attributes_of, set_attribute_values
from products.listing_entries import refresh_listing_on_commit
from products.models import Attribute, Product


class ProductForm(WagtailAdminModelForm):
    """The answers are those the stored type asks for. Only those that the browser sent are
    written: a form that was opened under another type empties none of this one's."""

    class Media:
        css = {"all": ["css/admin/products.css"]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attributes: list[Attribute] = []
        if self.instance.pk:
            self.attributes = attributes_of(self.instance.product_type)
            self._add_answer_fields()

    @property
    def answer_field_names(self) -> list[str]:
        return [field_name(attribute) for attribute in self.attributes]

    def _add_answer_fields(self) -> None:
        values = self.instance.attribute_values.select_related("attribute", "choice")
        answers = {value.attribute_id: answer_of(value) for value in values}
        for attribute in self.attributes:
            field = answer_field(attribute, answers.get(attribute.pk))
            self.fields[field_name(attribute)] = field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = [cleaned.get(f"{field}_name", "") for field in OPTION_FIELDS]
        for field, name in zip(OPTION_FIELDS, names, strict=True):
            if not name and self._count_variants_with(field) > 1:
                text = _("Several variants differ in this. Delete all but one of them first.")
                self.add_error(f"{field}_name", text)
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Product:
        """An option that is gone takes its value along, so that it cannot come back unseen."""
        product = super().save(commit=commit)
        gone = [field for field in OPTION_FIELDS if not getattr(product, f"{field}_name")]
        if gone and product.pk:
            product.variants.update(**dict.fromkeys(gone, ""))
        set_attribute_values(
            product=product,
            values={
                attribute: self.cleaned_data[field_name(attribute)]
                for attribute in self.attributes
                if self.add_prefix(field_name(attribute)) in self.data
            },
        )
        if product.pk:
            refresh_listing_on_commit(product_ids=[product.pk])
        return product

    def _count_variants_with(self, field: str) -> int:
        if not self.instance.pk:
            return 0
        return self.instance.variants.exclude(**{field: ""}).count()
