from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

UTM_NAMES = ("utm_source", "utm_medium", "utm_campaign", "utm_content")


class ShortAddress(models.Model):
    """A word for posters and packages: /go/<word>/ leads to a page, wherever that moves.

    It is no field of the page: what is printed must not change with an old draft. Below /go/ there
    is nothing else, so that no page, now or later, can stand in its way.
    """

    word = models.CharField(
        _("word"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(
                r"\A[a-z0-9]+(-[a-z0-9]+)*\Z",
                _("Use small letters from a to z, digits, and hyphens between them."),
            )
        ],
        help_text=_("“gifts” makes the address /go/gifts/."),
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="short_addresses",
        help_text=_("Where it leads as long as that is published, also when it is moved."),
    )
    utm_source = models.CharField(
        _("source"),
        max_length=80,
        blank=True,
        help_text=_("Where the visit comes from, such as “poster”."),
    )
    utm_medium = models.CharField(
        _("medium"),
        max_length=80,
        blank=True,
        help_text=_("What kind of thing that is, such as “print”."),
    )
    utm_campaign = models.CharField(
        _("campaign"),
        max_length=80,
        blank=True,
        help_text=_("Such as “spring”: it brings all of its sources together."),
    )
    utm_content = models.CharField(
        _("content"),
        max_length=80,
        blank=True,
        help_text=_("Tells two versions apart, such as “with-photo”."),
    )

    class Meta:
        verbose_name = _("short address")
        verbose_name_plural = _("short addresses")
        ordering = ["word"]

    def __str__(self) -> str:
        return self.path

    @property
    def path(self) -> str:
        return f"/go/{self.word}/"

    @property
    def parameters(self) -> dict[str, str]:
        """What campaigns are counted by, without the empty ones."""
        return {name: value for name in UTM_NAMES if (value := getattr(self, name))}

    def clean(self) -> None:
        super().clean()
        taken = ShortAddress.objects.filter(word=self.word).exclude(pk=self.pk).first()
        if taken is not None:
            message = _("%(path)s leads to “%(page)s” already.")
            raise ValidationError({"word": message % {"path": taken, "page": taken.page.title}})
