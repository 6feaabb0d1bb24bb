"""The form that an address is signed up with."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shopsite.contact.fields import MAX_EMAIL

PURPOSE = "newsletter"
CONSENT_TEXT = _(
    "Yes, send me the newsletter by e-mail. I can leave it at any time through the link in each "
    "issue."
)


class SignUpForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=MAX_EMAIL,
        error_messages={"required": _("Please enter your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
