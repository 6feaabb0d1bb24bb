"""One short form, "New product", that makes the record and the draft of its page together."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import View
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.images.widgets import AdminImageChooser

from products.admin.fields import CountField, PriceField
from products.admin.permissions import parent_for_new_products, staff_user
from products.catalog import create_product, create_product_page
from products.models import Product, ProductPagePicture, ProductVariant
from products.models.catalog import validate_sku
from shopsite.cms.models import ShopImage


class NewProductForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Enter a name.")},
        help_text=_("The title of its page. You can change it later."),
    )
    sku = forms.CharField(
        label=_("SKU"),
        max_length=60,
        validators=[validate_sku],
        error_messages={"required": _("Enter a SKU.")},
        help_text=_("Your own short code for exactly this thing, such as MUG-BLUE."),
    )
    price = PriceField()
    on_hand = CountField(
        label=_("In stock"), initial=0, help_text=_("How many stand on the shelf today.")
    )
    picture = forms.ModelChoiceField(
        label=_("Picture"),
        queryset=ShopImage.objects.all(),
        required=False,
        widget=AdminImageChooser,
        error_messages={"invalid_choice": _("That picture is gone. Choose another one.")},
        help_text=_("The first one of its gallery. You can also add it later."),
    )
    alt_text = forms.CharField(
        label=_("Alternative text"),
        max_length=ProductPagePicture._meta.get_field("alt_text").max_length,
        required=False,
        help_text=_("What the picture shows, for people who cannot see it."),
    )

    def clean_sku(self) -> str:
        sku = self.cleaned_data["sku"]
        if ProductVariant.objects.filter(sku=sku).exists():
            raise ValidationError(_("Another variant already has this SKU."))
        return sku

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("picture") and not cleaned.get("alt_text") and "alt_text" in cleaned:
            self.add_error("alt_text", _("Say what the picture shows."))
        return cleaned


class NewProductView(WagtailAdminTemplateMixin, FormView):
    form_class = NewProductForm
    template_name = "products/admin/new_product.html"
    page_title = _("New product")
    header_icon = "tag"
    index_url_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.parent = parent_for_new_products(request)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: NewProductForm) -> HttpResponse:
        try:
            page = create_product(
                **form.cleaned_data, parent=self.parent, user=staff_user(self.request)
            )
        except ValidationError as error:
            # Somebody else took the SKU after the form was checked.
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("The product “%(name)s” and the draft of its page were made. Now tell its story.")
            % {"name": page.title},
        )
        return redirect("wagtailadmin_pages:edit", page.pk)

    def form_invalid(self, form: NewProductForm) -> HttpResponse:
        text = _("The product could not be made yet. Please look at the fields below.")
        messages.validation_error(self.request, text, form)
        return super().form_invalid(form)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Products")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "action_url": self.request.path,
            "media": context["form"].media,
            "submit_button_label": _("Make product and page"),
            "submit_button_active_label": _("Making…"),
        }


class PageForProductView(View):
    """For a product that was imported, or whose page was deleted: makes the draft of a new one."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        parent = parent_for_new_products(request)
        product = get_object_or_404(Product, pk=pk)
        page = product.pages.order_by("pk").first()
        if page is None:
            page = create_product_page(product=product, parent=parent, user=staff_user(request))
            text = _("The draft of a page for “%(name)s” was made.") % {"name": product.name}
            messages.success(request, text)
        return redirect("wagtailadmin_pages:edit", page.pk)
