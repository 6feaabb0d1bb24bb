"""Forms for templates. Drawing one reads what fields it has and writes nothing."""

from django import template
from wagtail.contrib.forms.forms import BaseForm

from shopsite.contact.email_form import EmailForm
from shopsite.contact.fields import make_form
from shopsite.contact.guard import STAMP_FIELD, TRAP_FIELD, make_stamp
from shopsite.contact.models import ContactForm
from shopsite.contact.sign_up import CONSENT_TEXT, PURPOSE

register = template.Library()


@register.simple_tag
def form_to_fill_in(contact_form: ContactForm, block_id: object = "") -> BaseForm:
    """An empty form; `block_id` keeps the ids of its fields apart from those of its like."""
    return make_form(contact_form, html_id=f"form-{block_id or contact_form.pk}")


@register.simple_tag
def sign_up_form(block_id: object = "") -> EmailForm:
    return EmailForm(auto_id=f"newsletter-{block_id}-%s")


@register.simple_tag
def standard_consent() -> str:
    return str(CONSENT_TEXT)


@register.inclusion_tag("contact/guard_fields.html")
def form_guard(contact_form: ContactForm) -> dict[str, str]:
    return _guard(purpose=f"form-{contact_form.pk}")


@register.inclusion_tag("contact/guard_fields.html")
def newsletter_guard(consent_text: str) -> dict[str, str]:
    """Sends the words that were agreed to along, signed, as they were shown."""
    return _guard(purpose=PURPOSE, shown=str(consent_text))


@register.inclusion_tag("contact/guard_fields.html")
def guard_of(purpose: str) -> dict[str, str]:
    """The guard of a form that is no record of the admin's."""
    return _guard(purpose=purpose)


def _guard(*, purpose: str, shown: str = "") -> dict[str, str]:
    return {
        "trap_name": TRAP_FIELD,
        "stamp_name": STAMP_FIELD,
        "stamp": make_stamp(purpose=purpose, shown=shown),
    }
