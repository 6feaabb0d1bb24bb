from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin

from products.blocks.stream import SectionStreamBlock


class Section(DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """Blocks that are written once and shown wherever a page asks for them."""

    title = models.CharField(
        _("title"), max_length=120, help_text=_("For the people who write. Shoppers do not see it.")
    )
    body = StreamField(
        SectionStreamBlock(),
        verbose_name=_("content"),
        blank=True,
        help_text=_("Shown wherever a page has the block “Section” with this one."),
    )

    shows_products = True
    panels = [FieldPanel("title"), FieldPanel("body")]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "products/section_preview.html"
