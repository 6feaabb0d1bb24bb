"""The form that puts another product in the place of one, in a page or snippet."""

from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from products.admin.dead_content_report import DeadContentReport
from products.admin.permissions import staff_user
from products.models import ProductPage
from products.product_states import ProductState, product_states
from products.swapping import CannotSwap, Swap, swap_product
from shopsite.cms.content_permissions import can_edit
from shopsite.cms.reference_sources import content_models


class SwapForm(forms.Form):
    new = forms.ModelChoiceField(
        label=gettext_lazy("Show this product instead"),
        queryset=ProductPage.objects.live(),
        widget=AdminPageChooser(target_models=[ProductPage]),
        error_messages={
            "required": gettext_lazy("Choose a product."),
            "invalid_choice": gettext_lazy("Choose a product whose page is published."),
        },
    )

    def __init__(self, *args: Any, old_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.old_id = old_id

    def clean_new(self) -> ProductPage:
        new: ProductPage = self.cleaned_data["new"]
        if new.pk == self.old_id:
            raise ValidationError(_("Choose another product than the one that is shown now."))
        state = product_states({new.pk})[new.pk]
        if not state.is_buyable:
            raise ValidationError(
                _("%(product)s. Choose one that can be bought.") % {"product": state}
            )
        return new


class SwapView(WagtailAdminTemplateMixin, FormView):
    form_class = SwapForm
    template_name = "products/admin/swap.html"
    page_title = gettext_lazy("Swap a product")
    header_icon = "resubmit"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.content = self._content()
        self.old = self._old_product()
        if not can_edit(self.content, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "old_id": self.old.page_id}

    def form_valid(self, form: SwapForm) -> HttpResponse:
        try:
            swap = swap_product(
                content=self.content,
                old_id=self.old.page_id,
                new=form.cleaned_data["new"],
                user=staff_user(self.request),
            )
        except (CannotSwap, ValidationError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
            return self.form_invalid(form)
        button = messages.button(self._edit_url(), _("Edit"))
        messages.success(self.request, self._done(swap), buttons=[button])
        return redirect(self._next_url())

    def get_page_subtitle(self) -> str:
        return str(self.content)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        report = {"url": reverse("sells_nothing_report"), "label": DeadContentReport.page_title}
        here = {"url": "", "label": self.page_title, "sublabel": str(self.content)}
        return [*self.breadcrumbs_items, report, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "content_object": self.content,
            "old": self.old,
            "media": context["form"].media,
            "next_url": self._next_url(),
            "action_url": self.request.get_full_path(),
            "is_live_and_waiting": self.content.live and self.content.has_unpublished_changes,
        }

    def _content(self) -> Any:
        """The page or snippet of the address: only what has blocks and versions."""
        try:
            model = apps.get_model(self.kwargs["app_label"], self.kwargs["model_name"])
        except LookupError as error:
            raise Http404 from error
        if model is Page or model not in content_models() or not _has_versions(model):
            raise Http404
        return get_object_or_404(model, pk=self.kwargs["pk"])

    def _old_product(self) -> ProductState:
        value = self.request.GET.get("product", "")
        if not value.isascii() or not value.isdigit() or len(value) > 18:
            raise Http404
        return product_states({int(value)})[int(value)]

    def _done(self, swap: Swap) -> str:
        places = ngettext("in %d place", "in %d places", swap.count) % swap.count
        if swap.is_published:
            text = _("The product was swapped %(places)s of “%(title)s”, and that is published.")
        else:
            text = _("The product was swapped %(places)s of the draft of “%(title)s”.")
        return " ".join([text % {"places": places, "title": self.content}, *_advice(swap)])

    def _edit_url(self) -> str:
        return AdminURLFinder(self.request.user).get_edit_url(self.content) or ""

    def _next_url(self) -> str:
        return get_valid_next_url_from_request(self.request) or reverse("sells_nothing_report")


def _advice(swap: Swap) -> list[str]:
    if not swap.kept_words:
        return []
    text = ngettext(
        "The words of %d link stayed: read whether they fit the new product.",
        "The words of %d links stayed: read whether they fit the new product.",
        swap.kept_words,
    )
    return [text % swap.kept_words]


def _has_versions(model: type[models.Model]) -> bool:
    return hasattr(model, "latest_revision") and hasattr(model, "live")
