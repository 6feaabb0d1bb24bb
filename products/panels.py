"""The part of the page editor that shows commercial facts, with links to change them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class CommercePanel(Panel):
    """Price, stock and what is missing before the product can be sold."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Price and stock"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "products/admin/commerce_panel.html"
