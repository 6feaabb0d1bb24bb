"""Parts of the page editor that have no fields: what they show is kept outside of the drafts."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class ShortAddressesPanel(Panel):
    """The short addresses of a page, and the way to a new one."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Short addresses"))
        kwargs.setdefault("icon", "link")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/short_addresses_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            user = self.request.user
            if self.instance.pk:
                may_change = user.has_perm("home.change_shortaddress")
                context["addresses"] = [
                    (
                        address,
                        reverse("short_addresses:edit", args=[address.pk]) if may_change else "",
                    )
                    for address in self.instance.short_addresses.all()
                ]
                if user.has_perm("home.add_shortaddress"):
                    query = urlencode({"page": self.instance.pk})
                    context["add_url"] = f"{reverse('short_addresses:add')}?{query}"
            return context
