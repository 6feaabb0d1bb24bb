"""The newsletter's list in the admin. Addresses come and go by themselves; the staff may delete one
whose owner wants to be forgotten."""

from collections import OrderedDict
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from shopsite.contact.admin.export_log import SUBSCRIPTIONS_EXPORTED
from shopsite.contact.admin.records import RecordIndexView, RecordViewSet
from shopsite.contact.models import NewsletterSubscription

ACTIVE = {"confirmed_at__isnull": False, "ended_at__isnull": True}
STATES = {
    "active": ACTIVE,
    "open": {"confirmed_at__isnull": True, "ended_at__isnull": True},
    "ended": {"ended_at__isnull": False},
}


class SubscriptionFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="with_state",
        choices=[("active", _("Active")), ("open", _("Not confirmed")), ("ended", _("Ended"))],
    )

    class Meta:
        model = NewsletterSubscription
        fields = ["confirmed_at"]

    def with_state(
        self, rows: QuerySet[NewsletterSubscription], name: str, value: str
    ) -> QuerySet[NewsletterSubscription]:
        return rows.filter(**STATES[value])


class SubscriptionIndexView(RecordIndexView):
    page_title = _("Newsletter")
    export_permission = "contact.export_newslettersubscription"
    export_action = SUBSCRIPTIONS_EXPORTED
    export_headings = {
        "email": _("E-mail"),
        "state": _("State"),
        "signed_up": _("Signed up"),
        "confirmed": _("Confirmed"),
        "ended": _("Ended"),
        "agreed_to": _("Agreed to"),
        "signed_up_at": _("On which page"),
        "unsubscribe": _("Link to unsubscribe"),
    }
    list_export = list(export_headings)

    def to_row_dict(self, item: NewsletterSubscription) -> OrderedDict[str, Any]:
        return OrderedDict(
            email=item.email,
            state=item.state,
            signed_up=_moment(item.requested_at),
            confirmed=_moment(item.confirmed_at),
            ended=_moment(item.ended_at),
            agreed_to=item.consent_text,
            signed_up_at=item.source_address,
            unsubscribe=item.unsubscribe_url,
        )


class SubscriptionViewSet(RecordViewSet):
    model = NewsletterSubscription
    icon = "shop-newsletter"
    url_prefix = "contact/newsletter"
    menu_label = _("Newsletter")
    index_view_class = SubscriptionIndexView
    inspect_view_fields = [
        "email",
        "state",
        "consent_text",
        "source_address",
        "requested_at",
        "confirmed_at",
        "ended_at",
    ]
    filterset_class = SubscriptionFilterSet
    search_fields = ["email"]
    list_display = [
        TitleColumn("email", label=_("E-mail"), url_name="newslettersubscription:inspect"),
        Column("state", label=_("State")),
        Column("source_address", label=_("On which page")),
        DateColumn("requested_at", label=_("When"), sort_key="requested_at"),
    ]


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""
