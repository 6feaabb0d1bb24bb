"""Product types and attributes in the "Products" menu."""

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from products.admin.attribute_forms import AttributeForm, CodeFromNameForm
from products.details_events import follow_change_of_details
from products.models import Attribute, ProductType


class ConfirmPanel(FieldPanel):
    """A check box that stands in the form only after the form asked for it."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and self.form.has_to_confirm


class AttributeIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Attribute]:
        attributes = super().get_base_queryset().prefetch_related("product_types")
        return attributes.annotate(answers=Count("values"))


class DetailsDeleteView(generic.DeleteView):
    """Lists of products follow."""

    @transaction.atomic
    def delete_action(self) -> None:
        super().delete_action()
        follow_change_of_details()


class AttributeDeleteView(DetailsDeleteView):
    @property
    def confirmation_message(self) -> str:
        count = self.object.values.count()
        if not count:
            return super().confirmation_message
        text = ngettext(
            "%(count)d product has an answer to “%(name)s”. It is deleted as well. Are you sure?",
            "%(count)d products have an answer to “%(name)s”. These are deleted as well. "
            "Are you sure?",
            count,
        )
        return text % {"count": count, "name": self.object.name}


class ProductTypeIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[ProductType]:
        types = super().get_base_queryset().prefetch_related("attributes")
        return types.annotate(product_count=Count("products"))


class ProductTypeDeleteView(DetailsDeleteView):
    @property
    def confirmation_message(self) -> str:
        count = self.object.products.count()
        if not count:
            return super().confirmation_message
        text = ngettext(
            "%(count)d product is of the type “%(name)s” and would be of none. It keeps its "
            "details, but they are not shown. Are you sure?",
            "%(count)d products are of the type “%(name)s” and would be of none. They keep their "
            "details, but these are not shown. Are you sure?",
            count,
        )
        return text % {"count": count, "name": self.object.name}


def names_of_types(attribute: Attribute) -> str:
    return ", ".join(product_type.name for product_type in attribute.product_types.all())


def names_of_attributes(product_type: ProductType) -> str:
    return ", ".join(attribute.name for attribute in product_type.attributes.all())


class ProductTypeViewSet(ModelViewSet):
    model = ProductType
    url_prefix = "product-types"
    url_namespace = "product_types_admin"
    icon = "shop-drawers"
    menu_label = _("Product types")
    index_view_class = ProductTypeIndexView
    delete_view_class = ProductTypeDeleteView
    copy_view_enabled = False
    list_display = [
        "name",
        "code",
        Column("attributes", label=_("Attributes"), accessor=names_of_attributes),
        Column("product_count", label=_("Products"), sort_key="product_count"),
    ]
    search_fields = ["name", "code"]
    ordering = ["name"]
    panels = [
        FieldPanel("name"),
        FieldPanel("code"),
        FieldPanel(
            "attributes",
            widget=forms.CheckboxSelectMultiple,
            help_text=_("What can be said of products of this type."),
        ),
    ]

    def get_edit_handler(self) -> Any:
        handler = super().get_edit_handler()
        handler.base_form_class = CodeFromNameForm
        return handler


class AttributeViewSet(ModelViewSet):
    model = Attribute
    url_prefix = "attributes"
    url_namespace = "attributes_admin"
    icon = "shop-ruler"
    menu_label = _("Attributes")
    index_view_class = AttributeIndexView
    delete_view_class = AttributeDeleteView
    copy_view_enabled = False
    list_display = [
        "name",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        "unit",
        Column("product_types", label=_("Product types"), accessor=names_of_types),
        BooleanColumn("is_facet", label=_("Filter"), sort_key="is_facet"),
        BooleanColumn("is_specification", label=_("In the table"), sort_key="is_specification"),
        Column("answers", label=_("Products"), sort_key="answers"),
    ]
    search_fields = ["name", "code"]
    ordering = ["sort_order", "name"]
    panels = [
        FieldPanel("name"),
        FieldPanel("code"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("unit")]),
        ConfirmPanel("delete_answers"),
        InlinePanel(
            "choices",
            panels=[FieldPanel("label")],
            heading=_("Choices"),
            label=_("Choice"),
            help_text=_("Only for “One of several”, in the order in which they are listed."),
        ),
        FieldRowPanel([FieldPanel("is_facet"), FieldPanel("is_specification")]),
        FieldPanel("sort_order"),
    ]

    def get_edit_handler(self) -> Any:
        handler = super().get_edit_handler()
        handler.base_form_class = AttributeForm
        return handler
