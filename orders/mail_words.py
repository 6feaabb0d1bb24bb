"""The words that a mail to a shopper is sent with: the shop's own, where it has written some."""

from collections.abc import Mapping
from dataclasses import dataclass

from wagtail.models import Locale

from orders.mail_variables import fill_in, paragraphs
from orders.models import MailText


@dataclass(frozen=True)
class MailWords:
    """Filled in. Empty where the mail's own words hold; `revision` is that of what was written."""

    subject: str = ""
    heading: str = ""
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    revision: int | None = None


def published_text(kind: str) -> MailText | None:
    """What the shop has published for this kind: in the active language, else in its default."""
    locales = (Locale.get_active(), Locale.get_default())
    texts = {
        text.locale_id: text
        for text in MailText.objects.filter(kind=kind, live=True, locale__in=locales)
    }
    return next((texts[one.pk] for one in locales if one.pk in texts), None)


def words_of(text: MailText | None, values: Mapping[str, str]) -> MailWords:
    if text is None:
        return MailWords()
    return MailWords(
        subject=fill_in(text.subject, values),
        heading=fill_in(text.heading, values),
        opening=tuple(fill_in(one, values) for one in paragraphs(text.opening)),
        closing=tuple(fill_in(one, values) for one in paragraphs(text.closing)),
        revision=text.live_revision_id,
    )
