"""The two ways in which a person changes stock: by counting, or by adding and removing."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.admin.fields import CountField
from products.models import StockMovement

Reason = StockMovement.Reason

ADD, REMOVE = "add", "remove"
ONLY_ADDS = {Reason.RECEIVED, Reason.RETURNED}
ONLY_REMOVES = {Reason.DAMAGED}


class CountForm(forms.Form):
    """What a person counted. `seen` is the number that stood on the screen before they began."""

    counted = CountField(
        label=gettext_lazy("I counted"),
        help_text=gettext_lazy("All that stands on the shelf, also what is promised to orders."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "seen" in self.errors:
            self.add_error("counted", _("This form is incomplete. Please open the page again."))
        return cleaned


class AdjustForm(forms.Form):
    direction = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        choices=[
            (ADD, gettext_lazy("Pieces came in")),
            (REMOVE, gettext_lazy("Pieces went out, not by an order")),
        ],
        initial=ADD,
        widget=forms.RadioSelect,
    )
    quantity = CountField(label=gettext_lazy("How many"), min_value=1)
    reason = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[
            (reason.value, reason.label)
            for reason in (Reason.RECEIVED, Reason.RETURNED, Reason.DAMAGED, Reason.CORRECTED)
        ],
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        direction, reason = cleaned.get("direction"), cleaned.get("reason")
        if direction == REMOVE and reason in ONLY_ADDS:
            self.add_error("reason", _("That is a reason for pieces that come in."))
        if direction == ADD and reason in ONLY_REMOVES:
            self.add_error("reason", _("That is a reason for pieces that go out."))
        return cleaned

    @property
    def change(self) -> int:
        """How many more there are afterwards; negative when pieces went out."""
        quantity: int = self.cleaned_data["quantity"]
        return quantity if self.cleaned_data["direction"] == ADD else -quantity
