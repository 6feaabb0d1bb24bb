"""Imports and exports that a worker does while somebody watches."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportJob(models.Model):
    """One file on its way in or out. Who works on it claims it for a while; a claim ends by itself,
    so that the job of a killed worker is taken up again, from the portion it had come to.

    The file is kept here and not among the media, which anybody may ask for.
    """

    class Step(models.TextChoices):
        CHECK = "check", _("Checking")
        IMPORT = "import", _("Importing")
        EXPORT = "export", _("Exporting")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        CHECKED = "checked", _("Checked")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    step = models.CharField(_("step"), max_length=10, choices=Step.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(default=b"")
    with_pages = models.BooleanField(
        _("make the draft of a page for each product that has none"), default=False
    )
    position = models.PositiveIntegerField(default=0)  # Products that are done, of `total`.
    total = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    error = models.CharField(_("error"), max_length=500, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("import or export")
        verbose_name_plural = _("imports and exports")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("add", "view")
        indexes = [models.Index(fields=["state", "claimed_until"], name="products_job_due")]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.file_name}"

    @property
    def is_on_its_way(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def percent(self) -> int:
        return self.position * 100 // self.total if self.total else 0
