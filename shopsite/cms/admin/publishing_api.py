"""Publishing through the admin's own API, which names Wagtail's action itself."""

from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from wagtail.admin.api.actions.publish import PublishPageAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet

from shopsite.cms.publishing import PublishCheckedPage


class PublishCheckedPageAPIAction(PublishPageAPIAction):
    def _action_from_data(self, instance: Any, data: Any) -> PublishCheckedPage:
        action = super()._action_from_data(instance, data)
        return PublishCheckedPage(action.revision, user=action.user)

    def execute(self, instance: Any, data: Any) -> Response:
        try:
            return super().execute(instance, data)
        except AttributeError as error:
            # Wagtail expects an error for each field; ours are about the page as a whole.
            if isinstance(error.__context__, DjangoValidationError):
                raise ValidationError({"errors": error.__context__.messages}) from error
            raise


class CheckedPagesAPIViewSet(PagesAdminAPIViewSet):
    actions = {**PagesAdminAPIViewSet.actions, "publish": PublishCheckedPageAPIAction}
