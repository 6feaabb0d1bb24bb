import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from checkout.event_words import EVENT_WORDS, OTHER_EVENT
from checkout.models import WebhookEvent

OTHER = "other"


class EventFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=WebhookEvent.State.choices, empty_label=_("All")
    )
    type = django_filters.ChoiceFilter(
        label=_("What it tells of"),
        choices=[*EVENT_WORDS.items(), (OTHER, OTHER_EVENT)],
        method="of_type",
        empty_label=_("All"),
    )
    order = django_filters.CharFilter(
        label=_("Number of the order"), field_name="order__number", lookup_expr="iexact"
    )
    received_at = django_filters.DateFromToRangeFilter(
        label=_("Received"), widget=DateRangePickerWidget
    )

    class Meta:
        model = WebhookEvent
        fields = ["state", "type", "order", "received_at"]

    def of_type(
        self, events: QuerySet[WebhookEvent], name: str, value: str
    ) -> QuerySet[WebhookEvent]:
        if value == OTHER:
            return events.exclude(type__in=list(EVENT_WORDS))
        return events.filter(type=value)
