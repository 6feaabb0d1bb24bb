from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from shopsite.contact.models.forms import ContactForm


class FormSubmission(models.Model):
    """What one visitor sent. Its answers keep the labels they had then, and outlive the form."""

    form = models.ForeignKey(
        ContactForm,
        verbose_name=_("form"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="submissions",
    )
    form_title = models.CharField(_("title of the form"), max_length=120)
    answers = models.JSONField(
        _("answers"),
        encoder=DjangoJSONEncoder,
        help_text=_("A list of {label, value}; a value is a text, a number or a list of texts."),
    )
    sender_email = models.EmailField(_("e-mail of the sender"), blank=True)
    source_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("sent from"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    submitted_at = models.DateTimeField(_("sent"), auto_now_add=True)
    # The same answers from the same drawing of the form by the same client: a second click.
    digest = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("message from a form")
        verbose_name_plural = _("messages from forms")
        ordering = ["-submitted_at", "-pk"]
        permissions = [("export_formsubmission", "Can export messages from forms")]

    def __str__(self) -> str:
        return f"{self.form_title} ({self.pk})"
