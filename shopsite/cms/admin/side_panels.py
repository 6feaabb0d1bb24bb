"""What the editor of a page says beside the form."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from shopsite.cms.page_checks import page_findings
from shopsite.cms.readiness import Finding


class ReadinessSidePanel(BaseSidePanel):
    """What is not ready, asked of the draft as it was last saved."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        template_name = "cms/admin/readiness_toggle.html"
        aria_label = _("Toggle what is not ready")
        icon_name = "tasks"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            findings = self.panel.findings
            context["count"] = len(findings)
            context["is_blocked"] = any(finding.is_blocking for finding in findings)
            return context

    name = "readiness"
    title = _("Before publishing")
    template_name = "cms/admin/readiness_panel.html"
    order = 340

    @cached_property
    def findings(self) -> list[Finding]:
        if self.object.pk is None:
            return []
        return page_findings(self.object, self.request.user)

    @property
    def count_html(self) -> str:
        """The number on the toggle, which stands outside of what Wagtail draws again after a
        draft was saved by itself."""
        context = self.toggle.get_context_data({})
        return render_to_string("cms/admin/readiness_count.html", context)

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        context["blocking"] = [one for one in self.findings if one.is_blocking]
        context["warnings"] = [one for one in self.findings if not one.is_blocking]
        return context
