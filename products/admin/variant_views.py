"""Adding a variant always starts from its product, whose options name the fields of the form."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views import generic

from products.models import Product, ProductVariant


class VariantIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[ProductVariant]:
        return super().get_base_queryset().select_related("product", "stock")

    def get_add_url(self) -> str | None:
        """A variant is added on the page of its product, so only there the button makes sense."""
        return None


class VariantCreateView(generic.CreateView):
    product: Product

    def requested_product(self) -> Product | None:
        try:
            return Product.objects.get(pk=self.request.GET.get("product"))
        except (Product.DoesNotExist, ValueError):
            return None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_permission("add"):
            return super().dispatch(request, *args, **kwargs)
        product = self.requested_product()
        if product is None:
            messages.warning(request, _("Open the product that the new variant belongs to."))
            return redirect("products_admin:index")
        if not product.option_names and product.variants.exists():
            text = _("Say first what its variants differ in: fill in the first option.")
            messages.warning(request, text)
            return redirect("products_admin:edit", product.pk)
        self.product = product
        return super().dispatch(request, *args, **kwargs)

    def get_initial_form_instance(self) -> ProductVariant:
        return ProductVariant(product=self.product)

    def get_page_subtitle(self) -> str:
        return _("Variant of %(product)s") % {"product": self.product.name}

    def get_add_url(self) -> str:
        return f"{reverse(self.add_url_name)}?product={self.product.pk}"

    def get_success_url(self) -> str:
        return reverse("products_admin:edit", args=[self.object.product_id])


class VariantEditView(generic.EditView):
    def get_success_url(self) -> str:
        return self.get_edit_url()
