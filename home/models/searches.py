"""What people searched for. Wagtail counts how often; this remembers whether it was there."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.search_promotions.models import Query


class SearchOutcome(models.Model):
    """Of the last search for certain words."""

    query = models.OneToOneField(Query, on_delete=models.CASCADE, related_name="outcome")
    found = models.PositiveIntegerField(_("found"), default=0)
    searched_at = models.DateTimeField(_("last searched"))

    class Meta:
        verbose_name = _("outcome of a search")
        verbose_name_plural = _("outcomes of searches")
        indexes = [models.Index(fields=["found"], name="home_outcome_found")]

    def __str__(self) -> str:
        return f"{self.query}: {self.found}"
