"""Carriers in the admin: who brings parcels, and where one of them can be followed."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from orders.models import Carrier


class CarrierViewSet(ModelViewSet):
    model = Carrier
    icon = "shop-truck"
    menu_label = _("Carriers")
    menu_order = 265
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        TitleColumn("name", label=_("Name"), url_name="carrier:edit"),
        Column("tracking_address", label=_("Address to follow a parcel")),
        BooleanColumn("is_active", label=_("Offered")),
    ]
    panels = [FieldPanel("name"), FieldPanel("tracking_address"), FieldPanel("is_active")]
