"""The chooser of products in blocks: picture, price, stock and status, found by words or SKU.

It chooses pages, as Wagtail's page chooser would, but shows them as what they sell.
"""

from typing import Any

from django import forms
from django.core.paginator import Page as PaginatorPage
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    ChosenResponseMixin,
    ChosenView,
    CreationFormMixin,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.query import PageQuerySet

from products.blocks.product_chooser import ProductChooser, chosen_title
from products.cards import card_of
from products.collections import pages_in
from products.models import CollectionPage, Product, ProductPage, ProductType
from products.offers import offers_for_pages

# What the dialog's script listens to, so that a choice shows its products at once.
FILTERS_AT_ONCE = {"data-chooser-modal-search-filter": True}


class ProductFilterForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Name or SKU"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Name or SKU")}),
    )
    product_type = forms.ModelChoiceField(
        label=_("Type"),
        queryset=ProductType.objects.all(),
        required=False,
        empty_label=_("All types"),
        widget=forms.Select(attrs=FILTERS_AT_ONCE),
    )
    collection = forms.ModelChoiceField(
        label=_("Collection"),
        queryset=CollectionPage.objects.live().order_by("path"),
        required=False,
        empty_label=_("All collections"),
        widget=forms.Select(attrs=FILTERS_AT_ONCE),
    )

    def filter(self, objects: PageQuerySet) -> PageQuerySet:
        objects = super().filter(objects)
        kind, collection = self.cleaned_data["product_type"], self.cleaned_data["collection"]
        if kind is not None:
            objects = objects.filter(product__product_type=kind)
        if collection is not None:
            objects = objects.filter(pk__in=pages_in(collection).values_list("pk", flat=True))
        for word in self.cleaned_data["q"].split():
            objects = objects.filter(
                Q(title__icontains=word)
                | Q(product__name__icontains=word)
                | Q(product__in=Product.objects.filter(variants__sku__icontains=word))
            )
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query or kind or collection)
        return objects


class PictureColumn(Column):
    cell_template_name = "products/admin/chooser_picture.html"


class ProductChooseMixin(BaseChooseView):
    filter_form_class = ProductFilterForm
    per_page = 12

    def get_object_list(self) -> PageQuerySet:
        return ProductPage.objects.select_related("product").order_by("title", "pk")

    def get_results_page(self, request: HttpRequest) -> PaginatorPage:
        """Each page knows its card, read for all of them at once."""
        results = super().get_results_page(request)
        offers = offers_for_pages(results.object_list)
        for page in results.object_list:
            page.offers = offers[page.pk]
            page.card = card_of(page, page.offers)
        return results

    @property
    def columns(self) -> list[Column]:
        picture = PictureColumn("picture", label=_("Picture"), accessor="card", width="4.5rem")
        return [
            picture,
            self.title_column,
            Column("sku", label=_("SKU"), accessor=skus_of),
            Column("price", label=_("Price"), accessor=price_of),
            Column("stock", label=_("Stock"), accessor=lambda page: page.card.availability.label),
            Column("status", label=_("Status"), accessor=status_of),
        ]


def skus_of(page: Any) -> str:
    skus = [offer.sku for offer in page.offers]
    return ", ".join(skus[:2]) + (" …" if len(skus) > 2 else "")


def price_of(page: Any) -> str:
    if page.card.price_from is None:
        return ""
    price = str(page.card.price_from)
    return str(_("From %s")) % price if page.card.price_varies else price


def status_of(page: ProductPage) -> Any:
    return _("Live") if page.live else _("Draft")


class ProductChooseView(ChooseViewMixin, CreationFormMixin, ProductChooseMixin):
    pass


class ProductChooseResultsView(ChooseResultsViewMixin, CreationFormMixin, ProductChooseMixin):
    pass


class ProductChosenMixin(ChosenResponseMixin):
    def get_display_title(self, instance: ProductPage) -> str:
        return chosen_title(instance)


class ProductChosenView(ProductChosenMixin, ChosenView):
    pass


class ProductChooserViewSet(ChooserViewSet):
    model = ProductPage
    icon = "tag"
    choose_one_text = _("Choose a product")
    choose_another_text = _("Choose another product")
    edit_item_text = _("Edit this product page")
    choose_view_class = ProductChooseView
    choose_results_view_class = ProductChooseResultsView
    chosen_view_class = ProductChosenView
    base_widget_class = ProductChooser
    # Choosing a product in other forms stays with Wagtail's own page chooser.
    register_widget = False


product_chooser = ProductChooserViewSet("product_chooser")
