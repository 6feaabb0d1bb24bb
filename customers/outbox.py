"""The mails to customers in the outbox."""

from customers.emails import build_message
from customers.models import CustomerEmail
from shopsite.cms.outbox import Outbox

OUTBOX = Outbox(
    model=CustomerEmail,
    send_task_name="customers.tasks.send_customer_email",
    build=build_message,
)
