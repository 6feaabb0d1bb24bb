"""The newsletter's list: who signs up is asked by mail whether it was them, and may leave at any
time. Whoever signs an address up learns nothing about it."""

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from shopsite.contact.models import ContactEmail, NewsletterSubscription
from shopsite.contact.newsletter_rules import CONFIRM_WITHIN, MAIL_PAUSE, MAX_MAILS
from shopsite.contact.outbox import OUTBOX

Kind = ContactEmail.Kind


@transaction.atomic
def request_subscription(
    *, email: str, consent_text: str, source_page: Page | None, source_address: str
) -> None:
    """Writes down that somebody signed this address up, and a mail that asks for a yes.

    An address that is subscribed already is told so by mail, and its agreement stays as it was
    given. Calling it again within minutes changes the words of an open request and sends nothing.
    """
    now = timezone.now()
    asked = {
        "consent_text": consent_text,
        "source_page": source_page,
        "source_address": source_address,
        "requested_at": now,
    }
    subscription, is_new = NewsletterSubscription.objects.get_or_create(
        email=email.strip().lower(), ended_at=None, defaults=asked
    )
    this_one = NewsletterSubscription.objects.filter(pk=subscription.pk)
    if not is_new:
        this_one.filter(confirmed_at__isnull=True).update(**asked)
    is_rested = Q(mailed_at__isnull=True) | Q(mailed_at__lt=now - MAIL_PAUSE)
    may_be_mailed = is_rested & (Q(confirmed_at__isnull=False) | Q(mails__lt=MAX_MAILS))
    if not this_one.filter(may_be_mailed).update(mailed_at=now, mails=F("mails") + 1):
        return
    subscription.refresh_from_db()
    kind = Kind.NEWSLETTER_KNOWN if subscription.confirmed_at else Kind.NEWSLETTER_CONFIRM
    OUTBOX.queue(kind=kind, subscription=subscription, number=subscription.mails)


def find_subscription(token: str) -> NewsletterSubscription | None:
    """The one a link of a mail leads to; None for one that was never made or was forgotten."""
    return NewsletterSubscription.objects.filter(token=token).first()


def can_be_confirmed(subscription: NewsletterSubscription) -> bool:
    return _open(subscription.pk).exists()


def confirm_subscription(subscription: NewsletterSubscription) -> bool:
    """Makes it active; False when the link is too old or it has ended. Again is as good as once."""
    _open(subscription.pk).update(confirmed_at=timezone.now())
    subscription.refresh_from_db()
    return bool(subscription.confirmed_at) and not subscription.ended_at


def end_subscription(subscription: NewsletterSubscription) -> None:
    """Ends it for good; the address may sign up anew. Ending it again changes nothing."""
    rows = NewsletterSubscription.objects.filter(pk=subscription.pk, ended_at__isnull=True)
    rows.update(ended_at=timezone.now())
    subscription.refresh_from_db()


def forget_unconfirmed() -> int:
    """Deletes claims that nobody said yes to in time; returns how many."""
    stale = NewsletterSubscription.objects.filter(
        confirmed_at__isnull=True, requested_at__lt=timezone.now() - CONFIRM_WITHIN
    )
    _number, by_model = stale.delete()
    return by_model.get(NewsletterSubscription._meta.label, 0)


def _open(pk: int) -> QuerySet[NewsletterSubscription]:
    since = timezone.now() - CONFIRM_WITHIN
    return NewsletterSubscription.objects.filter(
        pk=pk, confirmed_at__isnull=True, ended_at__isnull=True, requested_at__gte=since
    )
