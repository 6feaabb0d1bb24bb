"""The field with which a product is chosen. Its dialog: products/admin/product_chooser.py."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import BaseChooser


def chosen_title(page: Any) -> str:
    """Says what an editor would otherwise learn only from the preview."""
    title: str = page.get_admin_display_title()
    return title if page.live else _("%s (not live)") % title


class ProductChooser(BaseChooser):
    """The model is named, not imported: pages are built of these blocks."""

    model = "products.ProductPage"
    icon = "tag"
    choose_one_text = gettext_lazy("Choose a product")
    choose_another_text = gettext_lazy("Choose another product")
    clear_choice_text = gettext_lazy("Choose none")
    link_to_chosen_text = gettext_lazy("Edit this product page")
    chooser_modal_url_name = "product_chooser:choose"

    def get_display_title(self, instance: Any) -> str:
        return chosen_title(instance)
