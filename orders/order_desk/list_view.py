"""The list of orders: what is shown of it, narrowed to what, and its exports."""

from tempfile import TemporaryFile
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail_modeladmin.views import IndexView

from orders.attention import concerns_by_order
from orders.export_log import ORDERS_EXPORTED
from orders.exports import export_csv, export_xlsx
from orders.models import Order
from orders.order_desk.attention_panel import whole_attention
from orders.order_desk.filter_form import OrderFilterForm
from orders.order_desk.found_paginator import FoundPaginator
from orders.order_desk.helpers import MANY
from products.admin.permissions import staff_user
from shopsite.cms.export_log import note_export


class OrderIndexView(IndexView):
    def get_filters_params(self, params: QueryDict | None = None) -> dict[str, list[str]]:
        """Only what the filters offer. modeladmin hands any parameter of the address to the
        database, so that a clerk could ask for `events__user__password__startswith`, and a
        misspelled one is an error 500."""
        known = {list_filter.parameter_name for list_filter in self.list_filter}
        given = super().get_filters_params(params)
        return {name: values for name, values in given.items() if name in known}

    @cached_property
    def filter_form(self) -> OrderFilterForm:
        return OrderFilterForm(self.request.GET)

    def get_queryset(self, request: HttpRequest | None = None) -> QuerySet[Order]:
        orders: QuerySet[Order] = super().get_queryset(request)
        return self.filter_form.narrow(orders) if self.filter_form.is_used else orders

    def as_spreadsheet(
        self, queryset: QuerySet[Order], spreadsheet_format: str
    ) -> HttpResponseBase:
        if not self.model_admin.permission_helper.user_can_export(self.request.user):
            raise PermissionDenied
        user = staff_user(self.request)
        note_export(
            ORDERS_EXPORTED, user=user, count=queryset.count(), file_format=spreadsheet_format
        )
        filename = f"orders-{timezone.localdate()}.{spreadsheet_format}"
        if spreadsheet_format == self.FORMAT_XLSX:
            workbook = TemporaryFile()  # noqa: SIM115 - the response closes it.
            export_xlsx(queryset, workbook)
            workbook.seek(0)
            return FileResponse(workbook, as_attachment=True, filename=filename)
        response = StreamingHttpResponse(export_csv(queryset), content_type="text/csv")
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Not modeladmin's own, which counts the orders three times."""
        page = self._page()
        concerns = concerns_by_order([order.pk for order in page.object_list])
        for order in page.object_list:
            order.concerns = concerns.get(order.pk, [])
        count = page.paginator.count
        has_more = isinstance(page.paginator, FoundPaginator) and page.paginator.has_more
        is_plain = not self.params and page.number == 1
        return super(IndexView, self).get_context_data(
            page_obj=page,
            paginator=page.paginator,
            object_list=page.object_list,
            result_count=count,
            has_more=has_more,
            has_orders=bool(count) or self.model.objects.exists(),
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            show_search=True,
            breadcrumbs_items=[{"url": self.index_url, "label": self.get_page_title()}],
            form=self.filter_form,
            kept_params=[
                (name, value)
                for name, value in self.params.items()
                if name not in self.filter_form.fields
            ],
            attention=whole_attention(staff_user(self.request)) if is_plain else None,
            may_ship=self.permission_helper.user_can_ship(self.request.user),
            many_urls={action: self.url_helper.get_action_url(action) for action in MANY},
            query_string=self.get_query_string(),
            **kwargs,
        )

    @property
    def is_searched(self) -> bool:
        return bool(self.query) or bool(self.filter_form.data.get("product"))

    def _page(self) -> Any:
        paginator_class = FoundPaginator if self.is_searched else self.paginator_class
        paginator = paginator_class(self.queryset, self.items_per_page)
        try:
            page = paginator.page(self.page_num)
        except InvalidPage:
            page = paginator.page(1)
        page.object_list = list(page.object_list)
        return page
