"""What marketers find in the admin: a new page from a template, and short addresses."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet

from home.landing_templates import create_from_template, list_templates
from home.models import LandingIndexPage, LandingPage, ShortAddress
from products.admin.permissions import staff_user


class TemplateChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, template: LandingPage) -> SafeString:
        latest = template.get_latest_revision_as_object()
        blocks = ", ".join(dict.fromkeys(str(block.block.label) for block in latest.body))
        return format_html(
            '<span><strong>{}</strong> <span class="w-help-text">{}</span></span>',
            latest.title,
            blocks,
        )


class NewLandingPageForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=255,
        error_messages={"required": _("Enter a title.")},
        help_text=_("Also makes its address. You can change both later."),
    )
    template = TemplateChoiceField(
        label=_("Template"),
        queryset=LandingPage.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose what to begin with.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["template"]
        field.queryset = list_templates()  # type: ignore[attr-defined]
        field.initial = field.queryset.first()  # type: ignore[attr-defined]


class NewLandingPageView(WagtailAdminTemplateMixin, FormView):
    form_class = NewLandingPageForm
    template_name = "home/admin/new_landing_page.html"
    page_title = _("New landing page from a template")
    header_icon = "shop-campaign"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.parent = get_object_or_404(LandingIndexPage)
        if not self.parent.permissions_for_user(request.user).can_add_subpage():
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: NewLandingPageForm) -> HttpResponse:
        page = create_from_template(
            **form.cleaned_data, parent=self.parent, user=staff_user(self.request)
        )
        text = _("The draft of “%(title)s” was made. Nothing is public until you publish it.")
        messages.success(self.request, text % {"title": page.title})
        return redirect("wagtailadmin_pages:edit", page.pk)

    def form_invalid(self, form: NewLandingPageForm) -> HttpResponse:
        text = _("The page could not be made yet. Please look at the fields below.")
        messages.validation_error(self.request, text, form)
        return super().form_invalid(form)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        parent_url = reverse("wagtailadmin_explore", args=[self.parent.pk])
        return [
            *self.breadcrumbs_items,
            {"url": parent_url, "label": self.parent.get_admin_display_title()},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "action_url": self.request.path,
            "media": context["form"].media,
            "submit_button_label": _("Make the draft"),
            "submit_button_active_label": _("Making…"),
        }


class ShortAddressCreateView(generic.CreateView):
    def get_initial(self) -> dict[str, Any]:
        page = self.request.GET.get("page", "")
        return {**super().get_initial(), **({"page": page} if page.isdecimal() else {})}


class ShortAddressIndexView(generic.IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("page")


class ShortAddressViewSet(ModelViewSet):
    model = ShortAddress
    url_prefix = "short-addresses"
    url_namespace = "short_addresses"
    icon = "shop-signpost"
    menu_label = _("Short addresses")
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = ShortAddressIndexView
    add_view_class = ShortAddressCreateView
    list_display = ["__str__", "page", "utm_source", "utm_medium", "utm_campaign"]
    search_fields = ["word", "page__title"]
    panels = [
        FieldPanel("word"),
        FieldPanel("page"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("utm_source"), FieldPanel("utm_medium")]),
                FieldRowPanel([FieldPanel("utm_campaign"), FieldPanel("utm_content")]),
            ],
            heading=_("How visits are counted"),
            help_text=_(
                "Added to the address for the program that counts visits (its UTM parameters), "
                "unless the visitor's address brings its own."
            ),
        ),
    ]
