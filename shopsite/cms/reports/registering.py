"""Addresses of reports and their places in Wagtail's menu of reports."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from wagtail.admin.menu import MenuItem

from shopsite.cms.reports.view import FiguresReport


def report_urls(address: str, view: type[FiguresReport]) -> list[URLPattern]:
    """The page of a report, and its results alone for when the days are chosen."""
    return [
        path(f"reports/{address}/", view.as_view(), name=view.index_url_name),
        path(
            f"reports/{address}/results/",
            view.as_view(results_only=True),
            name=view.index_results_url_name,
        ),
    ]


class ReportMenuItem(MenuItem):
    """Shown to whom the report is."""

    def __init__(self, view: type[FiguresReport], *, order: int) -> None:
        super().__init__(
            view.page_title,
            reverse_lazy(view.index_url_name),
            name=view.index_url_name.replace("_", "-"),
            icon_name=view.header_icon,
            order=order,
        )
        self.permission = view.permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)
