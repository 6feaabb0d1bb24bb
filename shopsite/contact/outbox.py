"""The mails about forms and the newsletter in the outbox."""

from shopsite.cms.outbox import Outbox
from shopsite.contact.emails import build_message
from shopsite.contact.models import ContactEmail

OUTBOX = Outbox(
    model=ContactEmail,
    send_task_name="shopsite.contact.tasks.send_contact_email",
    build=build_message,
)
