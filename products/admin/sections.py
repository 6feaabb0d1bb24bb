"""Reusable sections in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from products.models import Section


class SectionViewSet(SnippetViewSet):
    model = Section
    icon = "shop-section"
    menu_label = _("Sections")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["title", LiveStatusTagColumn(), UpdatedAtColumn()]
    search_fields = ["title"]
