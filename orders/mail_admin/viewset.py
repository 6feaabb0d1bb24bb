from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.admin.widgets import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from orders.mail_admin.send_test import SendTestView
from orders.models import MailText


class FixedSetPolicy(ModelPermissionPolicy):
    """There is one text for each mail from the beginning: nobody adds or deletes any."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        is_possible = action not in ("add", "delete")
        return is_possible and super().user_has_permission(user, action)


register_permission_policy(MailText, FixedSetPolicy(MailText), exact_class=True)


class WordsColumn(Column):
    """Whether the mail has words of the shop's own."""

    def get_value(self, instance: MailText) -> str:
        if instance.is_empty or not instance.live:
            return _("Standard words")
        return _("Your own")


class MailTextEditView(EditView):
    @property
    def header_more_buttons(self) -> list[Button]:
        url = reverse("mail_texts:test", args=[self.object.pk])
        test = Button(_("Send a test"), url=url, icon_name="mail", priority=5)
        return [test, *super().header_more_buttons]


class MailTextViewSet(SnippetViewSet):
    """One for each mail to shoppers; they are there from the beginning and stay."""

    model = MailText
    icon = "mail"
    menu_label = gettext_lazy("Mail texts")
    menu_order = 266
    add_to_admin_menu = True
    base_url_path = "mail-texts"
    admin_url_namespace = "mail_texts"
    copy_view_enabled = False
    edit_view_class = MailTextEditView
    list_display = [
        "__str__",
        WordsColumn("words", label=gettext_lazy("Words")),
        LiveStatusTagColumn(),
        UpdatedAtColumn(),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        view = SendTestView.as_view(permission_policy=self.permission_policy)
        return [*super().get_urlpatterns(), path("test/<int:pk>/", view, name="test")]
