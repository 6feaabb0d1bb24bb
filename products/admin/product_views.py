"""The listing and the form of product records."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views import generic

from products.admin.columns import with_everything_listed
from products.admin.permissions import can_create_product
from products.models import Product


class ProductIndexView(generic.IndexView):
    add_item_label = gettext_lazy("New product")

    def get_base_queryset(self) -> QuerySet[Product]:
        return with_everything_listed(super().get_base_queryset())

    def get_add_url(self) -> str | None:
        return super().get_add_url() if can_create_product(self.request.user) else None


class ProductEditView(generic.EditView):
    """Stays on the product when its type was changed: the details of the new one come next."""

    @cached_property
    def old_type_id(self) -> int | None:
        return Product.objects.values_list("product_type_id", flat=True).get(pk=self.object.pk)

    def save_instance(self) -> Any:
        self.has_another_type = self.old_type_id != self.form.instance.product_type_id
        return super().save_instance()

    def get_success_message(self) -> str | None:
        message = super().get_success_message()
        if message and self.has_another_type and self.object.product_type:
            return f"{message} {_('Now fill in its details.')}"
        return message

    def get_success_url(self) -> str:
        if self.has_another_type and self.object.product_type:
            return f"{self.get_edit_url()}#panel-details-section"
        return super().get_success_url()
