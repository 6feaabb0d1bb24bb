"""Takes in what was sent through a form."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from wagtail.contrib.forms.forms import BaseForm
from wagtail.models import Page

from shopsite.contact.fields import answers_of, sender_of
from shopsite.contact.models import ContactEmail, ContactForm, FormSubmission
from shopsite.contact.outbox import OUTBOX

Kind = ContactEmail.Kind


@transaction.atomic
def submit_form(
    contact_form: ContactForm,
    *,
    form: BaseForm,
    source_page: Page | None,
    drawn_at: int,
    client: str,
) -> FormSubmission:
    """Keeps the answers of a valid form and writes its mails into the outbox.

    The same answers from the same client to the same drawing of the form are one submission,
    however often and at how many doors at once they arrive.
    """
    answers, sender = answers_of(form), sender_of(form)
    submission, is_new = FormSubmission.objects.get_or_create(
        digest=_digest(contact_form.pk, answers, drawn_at, client),
        defaults={
            "form": contact_form,
            "form_title": contact_form.title,
            "answers": answers,
            "sender_email": sender,
            "source_page": source_page,
        },
    )
    if is_new and sender and contact_form.confirmation_text:
        OUTBOX.queue(kind=Kind.FORM_CONFIRMATION, submission=submission)
    if is_new and contact_form.notify_email:
        OUTBOX.queue(kind=Kind.FORM_NOTICE, submission=submission)
    return submission


def _digest(*parts: object) -> str:
    text = json.dumps(parts, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
