"""The form of a parcel: how many pieces of each line, who brings it, who is told."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.models import Carrier, Order
from orders.order_desk.line_labels import line_label
from orders.shipping import ParcelDraft


class SharedParcelForm(forms.Form):
    """What is said of one parcel or of many alike."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    carrier = forms.ModelChoiceField(
        label=gettext_lazy("Carrier"),
        queryset=Carrier.objects.none(),
        required=False,
        empty_label=gettext_lazy("None of them"),
        help_text=gettext_lazy("Choose none when it is picked up or you bring it yourself."),
    )
    tell_shopper = forms.BooleanField(
        label=gettext_lazy("Write to the shopper that it is on its way"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"submission": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        carriers: Any = self.fields["carrier"]
        carriers.queryset = Carrier.objects.filter(is_active=True)

    @property
    def parcel_fields(self) -> list[forms.BoundField]:
        return [self["carrier"], self["tell_shopper"]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "submission" in self.errors:
            # It is hidden, so what is wrong with it would be said nowhere.
            raise ValidationError(_("The form did not arrive whole. Please open it once more."))
        return data


class ParcelForm(SharedParcelForm):
    """Offers what of the order has not been shipped, all of it to begin with."""

    tracking_number = forms.CharField(
        label=gettext_lazy("Tracking number"), max_length=60, required=False
    )

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {f"line_{line.pk}": line for line in order.lines.all() if line.allocated}
        for name, line in self.lines.items():
            self.fields[name] = forms.IntegerField(
                label=line_label(line),
                min_value=0,
                max_value=line.allocated,
                required=False,
                initial=line.allocated,
                help_text=_("%(left)d to ship.") % {"left": line.allocated},
            )

    @property
    def line_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.lines]

    @property
    def parcel_fields(self) -> list[forms.BoundField]:
        return [self["carrier"], self["tracking_number"], self["tell_shopper"]]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors:
            return data
        if not any(self._quantities().values()):
            raise ValidationError(_("Say how many pieces are in the parcel."))
        if data.get("tracking_number") and data.get("carrier") is None:
            self.add_error("carrier", _("A tracking number needs the carrier that gave it."))
        return data

    @property
    def draft(self) -> ParcelDraft:
        """The parcel of a valid form."""
        carrier: Carrier | None = self.cleaned_data["carrier"]
        return ParcelDraft(
            quantities=self._quantities(),
            carrier_name=carrier.name if carrier else "",
            tracking_number=self.cleaned_data["tracking_number"],
            tracking_address=carrier.tracking_address if carrier else "",
            submission=self.cleaned_data["submission"],
        )

    def _quantities(self) -> dict[int, int]:
        return {line.pk: self.cleaned_data[name] or 0 for name, line in self.lines.items()}
