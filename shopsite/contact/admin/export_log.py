"""What the history of the site says of who took messages or the newsletter's addresses along."""

from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from shopsite.cms.export_log import ExportFormatter

MESSAGES_EXPORTED = "contact.export_messages"
SUBSCRIPTIONS_EXPORTED = "contact.export_subscriptions"


@hooks.register("register_log_actions")
def register_exports(actions: LogActionRegistry) -> None:
    @actions.register_action(MESSAGES_EXPORTED)
    class MessagesFormatter(ExportFormatter):
        label = gettext_lazy("Take messages along")

        def words(self, count: int) -> str:
            return ngettext(
                "%(count)d message was taken along as %(format)s.",
                "%(count)d messages were taken along as %(format)s.",
                count,
            )

    @actions.register_action(SUBSCRIPTIONS_EXPORTED)
    class SubscriptionsFormatter(ExportFormatter):
        label = gettext_lazy("Take the newsletter's addresses along")

        def words(self, count: int) -> str:
            return ngettext(
                "%(count)d address of the newsletter was taken along as %(format)s.",
                "%(count)d addresses of the newsletter were taken along as %(format)s.",
                count,
            )
