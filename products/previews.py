"""Previews of pages that sell something, in the states their products can be in."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin

from products.scenarios import Scenario, imagining

AFTER_PURCHASE = "after_purchase"  # What a page says to who has bought its product.
NARROW = {"name": "narrow", "icon": "mobile-alt", "device_width": 320, "label": _("Narrow screen")}
SCENARIO_LABELS = {
    Scenario.LAST_THREE: _("Last three"),
    Scenario.SOLD_OUT: _("Sold out"),
    Scenario.ON_SALE: _("On sale"),
    Scenario.COMING_SOON: _("Coming soon"),
}


class ShopPreviewMixin(PreviewableMixin):
    """Lets an editor look at a page as it is, or with all of its products in one state."""

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        modes = [(str(name), label) for name, label in SCENARIO_LABELS.items()]
        return [("", _("As it is")), *modes]

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        return [NARROW, *super().preview_sizes]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        # Settings preview themselves on the front page, in modes of their own.
        scenario = Scenario(mode_name) if mode_name in set(Scenario) else None
        with imagining(scenario):
            response = super().serve_preview(request, mode_name)
            # Rendered here and now: afterwards nothing is imagined any more.
            return response.render() if hasattr(response, "render") else response
