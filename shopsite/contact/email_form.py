"""The form that asks for an address and nothing else."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shopsite.contact.fields import MAX_EMAIL


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=MAX_EMAIL,
        error_messages={"required": _("Please enter your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
