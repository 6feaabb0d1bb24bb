from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shopsite.cms.models import OutboxEmail
from shopsite.contact.models.newsletter import NewsletterSubscription
from shopsite.contact.models.submissions import FormSubmission


class ContactEmail(OutboxEmail):
    """A mail about something a visitor sent. It goes away with what it tells about."""

    class Kind(models.TextChoices):
        FORM_CONFIRMATION = "form_confirmation", _("Confirmation to the sender")
        FORM_NOTICE = "form_notice", _("Notice to the shop")
        NEWSLETTER_CONFIRM = "newsletter_confirm", _("Please confirm your subscription")
        NEWSLETTER_KNOWN = "newsletter_known", _("You are subscribed already")

    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices)
    submission = models.ForeignKey(
        FormSubmission, null=True, blank=True, on_delete=models.CASCADE, related_name="emails"
    )
    subscription = models.ForeignKey(
        NewsletterSubscription,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="emails",
    )
    number = models.PositiveIntegerField(_("number"), default=0)

    class Meta(OutboxEmail.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "kind"], name="contact_email_once_per_submission"
            ),
            models.UniqueConstraint(
                fields=["subscription", "kind", "number"],
                name="contact_email_once_per_subscription",
            ),
            models.CheckConstraint(
                condition=Q(submission__isnull=True) ^ Q(subscription__isnull=True),
                name="contact_email_of_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="contact_email_due")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pk})"
