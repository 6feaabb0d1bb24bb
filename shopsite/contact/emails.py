"""What each mail about forms and the newsletter says; the words stand in templates/emails/.

None of them repeats what a visitor typed: whoever fills in a form names an address that need not
be theirs, and a shop's mail must not carry a stranger's words to it.
"""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from shopsite.cms.mail_brand import mail_brand, mail_sender
from shopsite.cms.models import BrandSettings
from shopsite.contact.models import ContactEmail, FormSubmission, NewsletterSubscription
from shopsite.contact.newsletter_rules import CONFIRM_DAYS
from shopsite.lib.mail import InvalidMessage, render_message

Kind = ContactEmail.Kind


def build_message(email: ContactEmail) -> EmailMultiAlternatives:
    """The message of one row of the outbox, always with the same Message-ID."""
    if email.submission is not None:
        return _about_submission(email, email.submission)
    if email.subscription is not None:
        return _about_subscription(email, email.subscription)
    raise ValueError("A mail is about a submission or a subscription.")


def _about_submission(email: ContactEmail, submission: FormSubmission) -> EmailMultiAlternatives:
    form = submission.form
    if form is None:
        raise InvalidMessage("The form was deleted, and its words with it.")
    path: str = reverse("formsubmission:inspect", args=[submission.pk])
    context = {
        "title": form.title,
        "text": form.confirmation_text,
        "admin_url": settings.WAGTAILADMIN_BASE_URL + path,
    }
    is_notice = email.kind == Kind.FORM_NOTICE
    to = form.notify_email if is_notice else submission.sender_email
    return _message(email, to=to, about=f"form-{submission.pk}", context=context)


def _about_subscription(
    email: ContactEmail, subscription: NewsletterSubscription
) -> EmailMultiAlternatives:
    context = {
        "confirm_url": subscription.confirm_url,
        "unsubscribe_url": subscription.unsubscribe_url,
        "consent_text": subscription.consent_text,
        "days": CONFIRM_DAYS,
    }
    about = f"newsletter-{subscription.pk}-{email.number}"
    return _message(email, to=subscription.email, about=about, context=context)


def _message(
    email: ContactEmail, *, to: str, about: str, context: dict[str, object]
) -> EmailMultiAlternatives:
    brand = BrandSettings.load()
    return render_message(
        name=email.kind,
        context={**context, "brand": mail_brand(brand)},
        to=to,
        from_email=mail_sender(brand),
        message_id=f"{about}.{email.kind}",
    )
