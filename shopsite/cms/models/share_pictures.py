from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


def picture_name(instance: "SharePicture", _filename: str) -> str:
    """Named after what it shows, so that a cache may keep it for ever. Under images/, which web
    servers hand out: what else lies among the media is not for everybody."""
    return f"images/share/{instance.page_id}-{instance.digest[:16]}.jpg"


class SharePicture(models.Model):
    """The picture made for the shared link of a page. Like a rendition: not part of a revision,
    and made again from the page at any time."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, editable=False)
    file = models.FileField(upload_to=picture_name, max_length=200)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("picture made for a shared link")
        verbose_name_plural = _("pictures made for shared links")

    # Wagtail's index of references would else list it among what a page is used by.
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return str(self.file.name)
