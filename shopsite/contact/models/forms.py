from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.models import AbstractFormField
from wagtail.fields import RichTextField

from shopsite.contact.form_check import ContactFormAdminForm

FIELD_TYPES = (
    ("singleline", _("One line of text")),
    ("multiline", _("Several lines of text")),
    ("email", _("E-mail address")),
    ("number", _("Number")),
    ("url", _("Web address")),
    ("date", _("Date")),
    ("checkbox", _("Box to tick")),
    ("checkboxes", _("Several boxes to tick")),
    ("dropdown", _("List to choose from")),
    ("radio", _("Choices, all in sight")),
)


class ContactForm(ClusterableModel):
    """A form that visitors fill in. It can stand in any story or landing page, in several at once,
    and has a page of its own."""

    title = models.CharField(
        _("title"), max_length=120, help_text=_("Stands above the form and in its mails.")
    )
    intro = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("Stands above the fields."),
    )
    button_label = models.CharField(
        _("text of the button"),
        max_length=40,
        default=_("Send"),
        help_text=_("What one presses, such as “Ask us”."),
    )
    note = RichTextField(
        _("note"),
        features=["bold", "italic", "link"],
        blank=True,
        help_text=_("Small, beneath the fields: what you do with what is sent, say."),
    )
    thanks = models.TextField(
        _("thanks"),
        max_length=400,
        default=_("Thank you. We have received what you sent."),
        help_text=_("Shown after sending."),
    )
    notify_email = models.EmailField(
        _("tell whom"),
        blank=True,
        help_text=_(
            "Gets a mail each time the form was sent, with a link to what was sent. The words "
            "themselves stay in the admin, where only those see them who may."
        ),
    )
    confirmation_text = models.TextField(
        _("mail to the sender"),
        max_length=2000,
        blank=True,
        help_text=_(
            "Goes to the address in the form's first e-mail field. Leave empty to send none."
        ),
    )

    base_form_class = ContactFormAdminForm
    panels = [
        FieldPanel("title"),
        FieldPanel("intro"),
        InlinePanel("fields", heading=_("Fields"), label=_("Field"), min_num=1, max_num=30),
        FieldPanel("button_label"),
        FieldPanel("note"),
        MultiFieldPanel(
            [FieldPanel("thanks"), FieldPanel("confirmation_text"), FieldPanel("notify_email")],
            heading=_("After sending"),
        ),
    ]

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class ContactFormField(AbstractFormField):
    """Labels may change; what was sent is kept under the labels it was sent with."""

    form = ParentalKey(ContactForm, on_delete=models.CASCADE, related_name="fields")
    field_type = models.CharField(_("field type"), max_length=16, choices=FIELD_TYPES)

    panels = [
        FieldRowPanel(
            [
                FieldPanel("label", help_text=_("What is asked for, such as “Your name”.")),
                FieldPanel("field_type", help_text=_("What an answer looks like.")),
            ]
        ),
        FieldPanel("required", help_text=_("Nothing is sent without an answer to it.")),
        FieldPanel("help_text", help_text=_("Stands below the field, as this text does here.")),
        FieldPanel("choices", help_text=_("One to a line, for lists, choices and boxes.")),
        FieldPanel("default_value"),
    ]

    class Meta(AbstractFormField.Meta):
        verbose_name = _("field")
        verbose_name_plural = _("fields")

    def __str__(self) -> str:
        return self.label
