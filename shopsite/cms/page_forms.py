"""The forms of pages, which know where a page is going to stand before the page itself does."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm

from shopsite.cms.reachable_slugs import check_slug_is_reachable


class ContentPageForm(WagtailAdminPageForm):
    """Of a page that exists already the model says the same."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "slug" in cleaned and not self.instance.path:
            try:
                check_slug_is_reachable(cleaned["slug"], self.parent_page)
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned


class ContentPageCopyForm(CopyForm):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        try:
            check_slug_is_reachable(cleaned.get("new_slug", ""), parent)
        except ValidationError as error:
            self.add_error("new_slug", error.messages)
        return cleaned
