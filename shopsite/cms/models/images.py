from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from shopsite.lib.average_color import average_color


class ShopImage(AbstractImage):
    """A picture with who made it. Its description is the alternative text a block starts with."""

    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made the picture.")
    )

    # Shown in the picture's place until it has arrived; empty where there is none.
    dominant_color = models.CharField(max_length=7, blank=True, editable=False)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose picture")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and not self.file._committed:  # A new file, which has yet to be stored.
            self.dominant_color = average_color(self.file.file)
        super().save(*args, **kwargs)

    @property
    def default_alt_text(self) -> str:
        # Wagtail falls back to the title, which is often a file name: worse than nothing read out.
        return self.description


class ShopRendition(AbstractRendition):
    image = models.ForeignKey(ShopImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
