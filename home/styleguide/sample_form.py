"""A form with every kind of field that the shop has, empty and filled in wrongly."""

from django import forms

CHOICES = [("parcel", "Parcel"), ("pickup", "Pick up")]


class SampleForm(forms.Form):
    name = forms.CharField(max_length=80)
    email = forms.EmailField(label="E-mail", help_text="The confirmation goes there.")
    country = forms.ChoiceField(choices=[("", "Choose one"), *CHOICES])
    message = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    way = forms.ChoiceField(label="How", choices=CHOICES, widget=forms.RadioSelect)
    terms = forms.BooleanField(label="I agree to the terms")


def empty_form() -> SampleForm:
    return SampleForm(auto_id="sample-%s")


def wrong_form() -> SampleForm:
    """Bound to what cannot be sent, so that each field has its error."""
    return SampleForm({"email": "ada@"}, auto_id="sample-wrong-%s")
