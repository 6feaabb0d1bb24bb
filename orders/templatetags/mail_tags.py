from django import template
from django.core.mail import EmailMultiAlternatives

from orders.mail_samples import sample_message, sample_order
from orders.models import MailText

register = template.Library()


@register.simple_tag
def mail_in_words(text: MailText, order_id: str) -> EmailMultiAlternatives | None:
    """The mail for one order in these words; None while there is no order it could be about."""
    order = sample_order(text, order_id)
    return sample_message(text, order) if order else None


@register.filter
def html_part(message: EmailMultiAlternatives) -> str:
    [(html, _mimetype)] = message.alternatives
    return str(html)
