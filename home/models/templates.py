from typing import Any, NoReturn

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PagePermissionTester


class LandingTemplatesPage(Page):
    """Holds pages to begin with. Nothing in it is ever public, published or not."""

    max_count = 1
    parent_page_types = ["home.LandingIndexPage"]
    subpage_types = ["home.LandingPage"]
    promote_panels: list[Any] = []

    class Meta:
        verbose_name = _("templates of landing pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> NoReturn:
        raise Http404


class TemplatePermissionTester(PagePermissionTester):
    """A template is there to be copied: nobody is offered to publish it."""

    def can_publish(self) -> bool:
        return False

    def can_submit_for_moderation(self) -> bool:
        return False
