"""The one door through which pages go live, whichever of Wagtail's ways somebody takes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision

BY_SCHEDULE = "wagtail.publish.scheduled"  # How Wagtail marks what its command publishes.
HELD_BACK = "cms.held_back"


class PublishCheckedPage(PublishPageRevisionAction):
    """Wagtail's own, which first asks the page. Nothing is written when the page refuses."""

    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks=skip_permission_checks)
        check_publishable = getattr(self.object, "check_publishable", None)
        if check_publishable is not None:
            check_publishable()


class PublishChecked(models.Model):
    """Of a page type: what is published by a script, in bulk, by an approval or by a schedule."""

    class Meta:
        abstract = True

    def check_publishable(self) -> None:
        """Asked of a draft by every way of publishing. Raises ValidationError for one that must
        not go live; here nothing is that bad."""

    def publish(
        self,
        revision: Revision,
        user: Any = None,
        changed: bool = True,
        log_action: bool | str = True,
        previous_revision: Revision | None = None,
        skip_permission_checks: bool = False,
    ) -> None:
        """Wagtail's own, after the page's check. Raises ValidationError and publishes nothing.

        A page whose time has come and that is not ready stays scheduled, and goes live when it is:
        the schedule of the other pages must not stop at it.
        """
        action = PublishCheckedPage(
            revision,
            user=user,
            changed=changed,
            log_action=log_action,
            previous_revision=previous_revision,
        )
        try:
            action.execute(skip_permission_checks=skip_permission_checks)
        except ValidationError as error:
            if log_action != BY_SCHEDULE:
                raise
            hold_back(revision=revision, reasons=error.messages)


@transaction.atomic
def hold_back(*, revision: Revision, reasons: list[str]) -> None:
    """Says once in the page's history why it did not go live at its time."""
    page = Page.objects.get(pk=revision.object_id)
    if not PageLogEntry.objects.filter(page=page.pk, action=HELD_BACK, revision=revision).exists():
        data = {"reasons": reasons}
        log(instance=page.specific_deferred, action=HELD_BACK, data=data, revision=revision)
