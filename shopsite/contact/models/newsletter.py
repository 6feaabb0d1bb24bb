from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shopsite.lib.tokens import make_token


class NewsletterSubscription(models.Model):
    """One agreement to get the newsletter: to what words, where and when, and from when to when.

    An address has one that has not ended at most; those that ended stay as a proof of what was.
    Until it is confirmed it is somebody's claim about an address, and gets nothing.
    """

    email = models.EmailField(_("e-mail"), help_text=_("In small letters."))
    token = models.CharField(max_length=32, unique=True, default=make_token, editable=False)
    consent_text = models.TextField(_("agreed to"))
    source_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    source_address = models.TextField(_("signed up at"), blank=True)
    requested_at = models.DateTimeField(_("signed up"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("last mail about it"), null=True, blank=True)
    mails = models.PositiveIntegerField(_("mails about it"), default=0)

    class Meta:
        verbose_name = _("newsletter subscription")
        verbose_name_plural = _("newsletter subscriptions")
        ordering = ["-requested_at", "-pk"]
        permissions = [
            ("export_newslettersubscription", "Can export newsletter subscriptions"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(ended_at__isnull=True),
                name="contact_subscription_once_per_address",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def state(self) -> str:
        """In one word, for people."""
        if self.ended_at:
            return str(_("Ended"))
        return str(_("Active")) if self.confirmed_at else str(_("Not confirmed"))

    @property
    def confirm_url(self) -> str:
        path: str = reverse("newsletter-confirm", args=[self.token])
        return settings.SITE_URL + path

    @property
    def unsubscribe_url(self) -> str:
        path: str = reverse("newsletter-unsubscribe", args=[self.token])
        return settings.SITE_URL + path
