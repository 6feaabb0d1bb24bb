"""What the history of the site says of who took orders or papers along."""

from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from shopsite.cms.export_log import ExportFormatter

ORDERS_EXPORTED = "orders.export"
PAPERS_EXPORTED = "orders.export_papers"


@hooks.register("register_log_actions")
def register_exports(actions: LogActionRegistry) -> None:
    @actions.register_action(ORDERS_EXPORTED)
    class OrdersFormatter(ExportFormatter):
        label = gettext_lazy("Take orders along")

        def words(self, count: int) -> str:
            return ngettext(
                "%(count)d order was taken along as %(format)s.",
                "%(count)d orders were taken along as %(format)s.",
                count,
            )

    @actions.register_action(PAPERS_EXPORTED)
    class PapersFormatter(ExportFormatter):
        label = gettext_lazy("Take invoices along")

        def words(self, count: int) -> str:
            return ngettext(
                "%(count)d invoice or credit note was taken along as %(format)s.",
                "%(count)d invoices and credit notes were taken along as %(format)s.",
                count,
            )
