from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """Sent by POST alone: an address of somebody's must not stand in the address of a page, which
    logs and browsers keep."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Whose data it is. Upper and lower case are one."),
    )


class EraseForm(forms.Form):
    email = forms.EmailField(max_length=254, widget=forms.HiddenInput)
    orders = forms.IntegerField(
        label=_("Number of orders"),
        min_value=0,
        help_text=_("Write down how many orders are listed above. Erasing cannot be undone."),
    )
