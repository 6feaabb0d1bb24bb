"""The mails about low stock: what they say, in templates/emails/, and their outbox."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from orders.models import SellerSettings, StockNotice
from shopsite.cms.mail_brand import mail_brand, mail_sender
from shopsite.cms.models import BrandSettings
from shopsite.cms.outbox import Outbox
from shopsite.lib.mail import render_message

MOST_LINES = 50  # A mail that names a whole catalog is read by nobody.


def build_stock_notice(notice: StockNotice) -> EmailMultiAlternatives:
    """The message of one row, always with the same Message-ID."""
    brand = BrandSettings.load()
    lines = notice.lines[:MOST_LINES]
    path: str = reverse("products_admin:index")
    context = {
        "lines": lines,
        "number": len(notice.lines),
        "more": len(notice.lines) - len(lines),
        "admin_url": settings.WAGTAILADMIN_BASE_URL + path,
    }
    return render_message(
        name=notice.kind,
        context={"stock": context, "brand": mail_brand(brand)},
        to=SellerSettings.load().staff_email,
        from_email=mail_sender(brand),
        message_id=f"stock-{notice.pk}",
    )


STOCK_OUTBOX = Outbox(
    model=StockNotice, send_task_name="orders.tasks.send_stock_notice", build=build_stock_notice
)
