"""Nobody is asked twice about one page: who approved a step has approved the next one, too, if it
is theirs. Without this the editor in chief would approve a story as its reader, and then again."""

from contextlib import suppress
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from wagtail.models import TaskState, WorkflowState


def approve_next_step(*, instance: TaskState, user: AbstractBaseUser | None, **kwargs: Any) -> None:
    """Of Wagtail's `task_approved`: approves what follows for the same person, if they may.

    Happens in the transaction of the step before, and publishes the page when it was the last. A
    page that cannot go live waits at its last step, where the editor's view says why.
    """
    workflow = WorkflowState.objects.get(pk=instance.workflow_state_id)
    following = workflow.current_task_state
    if user is None or following is None or following.status != TaskState.STATUS_IN_PROGRESS:
        return
    actions = following.task.specific.get_actions(workflow.content_object, user)
    if any(name == "approve" for name, *_rest in actions):
        with suppress(ValidationError):  # approve() is a savepoint: nothing of it stays.
            following.specific.approve(user=user)
