"""What forms and the newsletter keep about people; see shopsite/cms/personal_data.py."""

import re
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from shopsite.cms.personal_data import Part, Record, record_of
from shopsite.contact.models import FormSubmission, NewsletterSubscription

MESSAGE_FIELDS = ("form_title", "sender_email", "answers", "submitted_at")
SUBSCRIPTION_FIELDS = (
    *("email", "consent_text", "source_address", "requested_at", "confirmed_at", "ended_at"),
)


def find_messages(email: str) -> list[FormSubmission]:
    """Those that came from the address, and those that name it in an answer, also of somebody
    else."""
    near = FormSubmission.objects.alias(words=Cast("answers", TextField()))
    near = near.filter(Q(sender_email__iexact=email) | Q(words__icontains=email)).order_by("pk")
    return [message for message in near if _is_about(message, email)]


def _is_about(message: FormSubmission, email: str) -> bool:
    """Not one that holds another address which ends or begins like this one."""
    if message.sender_email.lower() == email:
        return True
    whole = re.compile(rf"(?<![\w.+-]){re.escape(email)}(?![\w-]|\.\w)", re.IGNORECASE)
    return any(whole.search(text) for one in message.answers for text in _texts(one.get("value")))


def _texts(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def erase_messages(email: str) -> None:
    """With the mails about them."""
    keys = [message.pk for message in find_messages(email)]
    FormSubmission.objects.filter(pk__in=keys).delete()


def erase_subscriptions(email: str) -> None:
    """With the proof of the agreement, which proves nothing once nothing is sent."""
    NewsletterSubscription.objects.filter(email__iexact=email).delete()


MESSAGES = Part(
    code="messages",
    words=_("Messages from forms"),
    find=lambda email: [record_of(one, *MESSAGE_FIELDS) for one in find_messages(email)],
    erase=erase_messages,
    fields={"contact.FormSubmission": ("answers", "sender_email", "digest")},
)


def find_subscriptions(email: str) -> list[Record]:
    found = NewsletterSubscription.objects.filter(email__iexact=email)
    return [record_of(one, *SUBSCRIPTION_FIELDS) for one in found]


NEWSLETTER = Part(
    code="newsletter",
    words=_("Subscriptions of the newsletter"),
    find=find_subscriptions,
    erase=erase_subscriptions,
    fields={"contact.NewsletterSubscription": ("email", "token", "source_address")},
)
