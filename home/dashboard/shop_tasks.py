"""What waits for those who keep the shop: orders, stock, searches, the announcement."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from checkout.attention import SEE_EVENTS, failed_events_url
from checkout.inbox_retries import failed_events
from home.campaigns import is_soon
from home.dashboard.tasks import Task
from home.search.report import PERMISSION as SEE_SEARCHES
from home.search.report import missed_searches
from orders.attention import needing_attention
from orders.models import Order
from orders.order_desk.filters import ANY
from orders.status import OrderStatus
from products.admin.filters import LOW, NONE, low_records, sold_out_records
from products.models import StockRecord
from shopsite.cms.models import BrandSettings


def shop_tasks(user: User) -> Iterator[Task]:
    if user.has_perm("orders.view_order"):
        yield from _order_tasks()
    if user.has_perm(SEE_EVENTS):
        label = _("Events of Stripe’s that could not be taken in")
        yield Task(label, failed_events().count(), failed_events_url(), "history")
    if user.has_perm("products.change_stockrecord"):
        yield from _stock_tasks()
    if user.has_perm(SEE_SEARCHES):
        url = reverse("missed_searches")
        yield Task(_("Searches that found nothing"), missed_searches().count(), url, "search")
    if user.has_perm("cms.change_brandsettings"):
        end = BrandSettings.load().announcement_until
        is_ending = end is not None and is_soon(end, now=timezone.now())
        url = reverse("wagtailsettings:edit", args=["cms", "brandsettings"])
        yield Task(_("Announcement that ends within a week"), int(is_ending), url, "date")


def _order_tasks() -> Iterator[Task]:
    desk = reverse("orders_order_modeladmin_index")
    url = f"{desk}?{urlencode({'attention': ANY})}"
    yield Task(_("Orders that need attention"), needing_attention().count(), url, "warning")
    for label, status, icon in (
        (_("Orders to ship"), OrderStatus.PAID, "shop-parcel"),
        (_("Orders of which a part is left to ship"), OrderStatus.PARTLY_SHIPPED, "shop-truck"),
    ):
        count = Order.objects.filter(status=status).count()
        yield Task(label, count, f"{desk}?{urlencode({'status': status.value})}", icon)


def _stock_tasks() -> Iterator[Task]:
    stock = reverse("stock_admin:index")
    records = StockRecord.objects.all()
    for label, found, state in (
        (_("Variants running low"), low_records(records), LOW),
        (_("Variants sold out"), sold_out_records(records), NONE),
    ):
        yield Task(label, found.count(), f"{stock}?{urlencode({'state': state})}", "shop-shelf")
