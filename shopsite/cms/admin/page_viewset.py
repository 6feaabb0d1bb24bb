"""Wagtail's views of every page type, with those of the shop's in their place."""

from wagtail.admin.viewsets.pages import PageViewSet

from shopsite.cms.admin.leaving_views import LeavingDeleteView, LeavingUnpublishView
from shopsite.cms.admin.page_views import (
    CheckedCreateView,
    CheckedEditView,
    CheckedRevertView,
    CheckedWorkflowActionView,
)
from shopsite.cms.admin.work_filter import GenericWorkFilterSet


class CheckedPageViewSet(PageViewSet):
    """The base of the viewset of any page type; by itself that of all that have none."""

    filterset_class = GenericWorkFilterSet
    add_view_class = CheckedCreateView
    edit_view_class = CheckedEditView
    revisions_revert_view_class = CheckedRevertView
    workflow_action_view_class = CheckedWorkflowActionView
    unpublish_view_class = LeavingUnpublishView
    delete_view_class = LeavingDeleteView


base_page_viewset = CheckedPageViewSet()
