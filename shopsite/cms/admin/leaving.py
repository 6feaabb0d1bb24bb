"""Before a page goes away: who shows it, and where its address leads from then on."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from shopsite.cms.place_words import Use
from shopsite.cms.places import Place, places_showing


@dataclass(frozen=True)
class PlaceRow:
    """One place as a person may see it. `edit_url` is empty for who may not write there."""

    place: Place
    edit_url: str

    @property
    def is_hidden(self) -> bool:
        """A draft is nobody's business who may not open it."""
        return self.place.state == "draft" and not self.edit_url

    @property
    def title(self) -> str:
        return _("A draft you may not open") if self.is_hidden else str(self.place.instance)

    @property
    def uses(self) -> tuple[Use, ...]:
        return () if self.is_hidden else self.place.uses

    @property
    def first_url(self) -> str:
        """Opens the editor at the block."""
        if not self.edit_url or not self.place.uses:
            return self.edit_url
        return f"{self.edit_url}#:w:contentpath={self.place.uses[0].path}"


class LeavingForm(forms.Form):
    redirect_to = forms.ModelChoiceField(
        label=gettext_lazy("Lead its address to"),
        queryset=Page.objects.live(),
        required=False,
        widget=AdminPageChooser,
        help_text=gettext_lazy("Whoever follows the old address comes there instead."),
        error_messages={"invalid_choice": gettext_lazy("Choose a page that is published.")},
    )

    def __init__(self, *args: Any, gone: list[Page], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gone = gone

    def clean_redirect_to(self) -> Page | None:
        target: Page | None = self.cleaned_data["redirect_to"]
        if target is not None and any(_goes_with(target, page) for page in self.gone):
            raise forms.ValidationError(_("Choose a page that stays."))
        return target


def place_rows(places: list[Place], user: Any) -> list[PlaceRow]:
    finder = AdminURLFinder(user)
    return [PlaceRow(place, finder.get_edit_url(place.instance) or "") for place in places]


def rows_showing(pages: list[Page], user: Any) -> list[PlaceRow]:
    return place_rows(places_showing(pages=pages), user)


def _goes_with(target: Page, page: Page) -> bool:
    return target.pk == page.pk or target.is_descendant_of(page)
