from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic

from checkout.event_admin.filters import EventFilterSet
from checkout.event_admin.replay_view import REPLAY, ReplayView
from checkout.models import WebhookEvent
from orders.order_desk.cells import moment
from shopsite.contact.admin.records import RecordViewSet


def order_url(event: WebhookEvent) -> str | None:
    if event.order_id is None:
        return None
    return reverse("orders_order_modeladmin_inspect", args=[event.order_id])


class StateColumn(Column):
    """What failed stands out."""

    cell_template_name = "checkout/admin/state_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "is_failed": instance.state == WebhookEvent.State.FAILED}


class OrderColumn(Column):
    cell_template_name = "checkout/admin/order_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        may_see = parent_context["request"].user.has_perm("orders.view_order")
        return {**context, "url": order_url(instance) if may_see else None}

    def get_value(self, instance: WebhookEvent) -> str:
        return instance.order.number if instance.order else "–"


class EventIndexView(generic.IndexView):
    page_title = _("Stripe events")

    def get_base_queryset(self) -> QuerySet[WebhookEvent]:
        events = super().get_base_queryset().select_related("order")
        return events.only(*self.shown_fields, "order__number")

    shown_fields = (
        "event_id", "type", "state", "order", "attempts", "last_error", "received_at",
    )  # fmt: skip


class EventInspectView(generic.InspectView):
    template_name = "checkout/admin/event.html"
    page_title = _("Stripe event")

    def get_page_subtitle(self) -> str:
        return str(self.object.words)

    def get_order_display_value(self) -> SafeString | str:
        order = self.object.order
        if order is None:
            return "–"
        if not self.request.user.has_perm("orders.view_order"):
            return str(order.number)
        return format_html('<a href="{}">{}</a>', order_url(self.object), order.number)

    def get_type_display_value(self) -> SafeString:
        return format_html("<code>{}</code>", self.object.type)

    def get_event_id_display_value(self) -> SafeString:
        return format_html(
            '<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>',
            self.object.dashboard_url,
            self.object.event_id,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_replay = self.object.can_be_replayed and self.request.user.has_perm(REPLAY)
        replay_url = reverse("stripe_events:replay", args=[self.object.pk])
        return {
            **super().get_context_data(**kwargs),
            "replay_url": replay_url if may_replay else "",
        }

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, datetime):
            return moment(value)
        return "–" if value in (None, "") else value


class WebhookEventViewSet(RecordViewSet):
    model = WebhookEvent
    icon = "history"
    url_prefix = "stripe-events"
    url_namespace = "stripe_events"
    menu_label = _("Stripe events")
    menu_order = 241  # Right below the orders.
    add_to_admin_menu = True
    index_view_class = EventIndexView
    inspect_view_class = EventInspectView
    filterset_class = EventFilterSet
    search_fields = ["event_id", "object_id", "payment_intent", "order__number"]
    list_display = [
        TitleColumn("words", label=_("What it tells of"), url_name="stripe_events:inspect"),
        StateColumn("state", label=_("State"), accessor="get_state_display"),
        OrderColumn("order", label=_("Order")),
        Column("attempts", label=_("Attempts"), sort_key="attempts"),
        Column("last_error", label=_("Last error")),
        DateColumn("received_at", label=_("Received"), sort_key="received_at"),
    ]
    inspect_view_fields = [
        "state", "order", "attempts", "last_error", "next_attempt_at", "type", "event_id",
        "object_id", "created_at", "received_at", "handled_at",
    ]  # fmt: skip

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("replay/<int:pk>/", ReplayView.as_view(), name="replay"),
        ]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(
            **{"delete_url_name": None, "edit_url_name": None, "add_url_name": None, **kwargs}
        )

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_inspect_view_kwargs(**{"delete_url_name": None, **kwargs})

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """All of the model's: looking, replaying and comparing."""
        return Permission.objects.filter(
            content_type__app_label=self.app_label, content_type__model=self.model_name
        )
