"""Deleting from the catalog: what lists show follows."""

from django.db import transaction
from wagtail.admin.views import generic

from products.generation import bump_generation
from products.listing_entries import refresh_listing_on_commit


class VariantDeleteView(generic.DeleteView):
    @transaction.atomic
    def delete_action(self) -> None:
        super().delete_action()
        refresh_listing_on_commit(product_ids=[self.object.product_id])


class ProductDeleteView(generic.DeleteView):
    @transaction.atomic
    def delete_action(self) -> None:
        super().delete_action()
        bump_generation()
