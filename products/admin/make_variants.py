"""Making variants in one step: say what the options can be, look at the missing combinations, and
make those that exist."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.base import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from products.admin.make_variants_forms import CombinationsForm, VariantRowFormSet
from products.admin.permissions import staff_user
from products.combinations import missing_combinations, suggest_skus
from products.models import Product, ProductVariant
from products.variants import VariantErrors, VariantWish, make_variants


class MakeVariantsView(WagtailAdminTemplateMixin, TemplateView):
    """GET asks for the values, and with them shows the table; POST makes what is ticked there."""

    template_name = "products/admin/make_variants.html"
    page_title = gettext_lazy("Make variants")
    header_icon = "shop-variants"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("products.add_productvariant"):
            raise PermissionDenied
        self.product = get_object_or_404(Product, pk=kwargs["pk"])
        if not self.product.option_names:
            text = _("Say first what its variants differ in: fill in the first option.")
            messages.warning(request, text)
            return redirect(self.product_url)
        return super().dispatch(request, *args, **kwargs)

    @property
    def product_url(self) -> str:
        return reverse("products_admin:edit", args=[self.product.pk])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_asked = "prefix" in request.GET
        form = CombinationsForm(request.GET if is_asked else None, product=self.product)
        rows = None
        if is_asked and form.is_valid():
            rows = VariantRowFormSet(initial=self._rows(form), prefix="rows")
        return self.render_to_response(self.get_context_data(form=form, rows=rows))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = VariantRowFormSet(
            request.POST, prefix="rows", form_kwargs={"names": self.product.option_names}
        )
        if rows.is_valid() and self._make(rows):
            return redirect(self.product_url)
        messages.error(request, _("No variant was made yet. Please look at the lines below."))
        form = CombinationsForm(None, product=self.product)
        return self.render_to_response(self.get_context_data(form=form, rows=rows))

    def _rows(self, form: CombinationsForm) -> list[dict[str, Any]]:
        options = form.options()
        existing = [
            variant.option_values
            for variant in self.product.variants.all()
            if len(variant.option_values) == len(options)
        ]
        missing = missing_combinations(options, existing)
        taken = ProductVariant.objects.values_list("sku", flat=True)
        prefix = form.cleaned_data["prefix"]
        skus = suggest_skus(prefix, missing, set(taken.filter(sku__istartswith=prefix[:1])))
        common = {"price": form.cleaned_data["price"], "on_hand": form.cleaned_data["on_hand"]}
        return [
            {
                **{f"option{number}": value for number, value in enumerate(combination, start=1)},
                "sku": sku,
                "is_wanted": True,
                **common,
            }
            for combination, sku in zip(missing, skus, strict=True)
        ]

    def _make(self, rows: Any) -> bool:
        wanted = [form for form in rows.forms if form.cleaned_data["is_wanted"]]
        if not wanted:
            if rows.forms:
                rows.forms[0].add_error("is_wanted", _("Tick at least one line."))
            return False
        wishes = [
            VariantWish(
                sku=form.cleaned_data["sku"],
                option_values=form.option_values(),
                price=form.cleaned_data["price"],
                on_hand=form.cleaned_data["on_hand"],
            )
            for form in wanted
        ]
        try:
            made = make_variants(product=self.product, wishes=wishes, user=staff_user(self.request))
        except VariantErrors as refused:
            for number, error in refused.errors.items():
                _tell(wanted[number], error)
            return False
        text = ngettext("%(count)d variant was made.", "%(count)d variants were made.", len(made))
        messages.success(self.request, text % {"count": len(made)})
        return True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("products_admin:index"), "label": _("Products")},
            {"url": self.product_url, "label": self.product.name},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "product": self.product, "product_url": self.product_url}


def _tell(form: forms.Form, error: ValidationError) -> None:
    """What the model says of a field that the row does not show belongs to its SKU."""
    shown = {field.name for field in form.visible_fields()}
    for field, errors in error.error_dict.items():
        form.add_error(field if field in shown else "sku", errors)
