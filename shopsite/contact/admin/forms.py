"""The "Forms" menu: the forms that marketers build, and what comes in through them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from shopsite.contact.admin.submissions import SubmissionViewSet
from shopsite.contact.admin.subscriptions import SubscriptionViewSet
from shopsite.contact.models import ContactForm


class ContactFormViewSet(SnippetViewSet):
    model = ContactForm
    icon = "form"
    menu_label = _("Forms")
    list_display = ["title", UpdatedAtColumn()]
    search_fields = ["title"]


class ContactViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Contact")
    menu_icon = "mail"
    menu_name = "contact"
    menu_order = 270
    items = (ContactFormViewSet, SubmissionViewSet, SubscriptionViewSet)
