"""What accounts keep about people; see shopsite/cms/personal_data.py."""

from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from customers.models import Customer, CustomerEmail
from customers.sessions import SESSION_KEY
from orders.by_email import orders_of
from shopsite.cms.personal_data import Part, Record, record_of

MAIL_FIELDS = ("kind", "email", "created_at", "sent_at", "used_at")


def find_account(email: str) -> list[Record]:
    """Saved addresses are those of the orders, and no records of their own."""
    accounts = Customer.objects.filter(email=email)
    return [record_of(one, "email", "created_at", "logged_in_at") for one in accounts]


def erase_account(email: str) -> None:
    """The account, and what all browsers that are logged in have in their carts. Looks through
    every session: what is in them is not a thing that a database can search."""
    keys = set(Customer.objects.filter(email=email).values_list("pk", flat=True))
    if not keys:
        return
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) in keys:
            session.delete()
    Customer.objects.filter(pk__in=keys).delete()


def _mails(email: str) -> QuerySet[CustomerEmail]:
    return CustomerEmail.objects.filter(Q(email=email) | Q(order__in=orders_of(email).values("pk")))


ACCOUNT = Part(
    code="account",
    words=_("Account, and where it is logged in"),
    find=find_account,
    erase=erase_account,
    fields={"customers.Customer": ("email",)},
)
ASKED_MAILS = Part(
    code="links",
    words=_("Mails with links to orders or to log in"),
    find=lambda email: [record_of(one, *MAIL_FIELDS) for one in _mails(email)],
    erase=lambda email: _mails(email).delete() and None,
    fields={"customers.CustomerEmail": ("email", "slot")},
)
