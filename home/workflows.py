"""The way of a story into the world: an editor reads it, then the editor in chief."""

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from home.models import StoryIndexPage

STORY_WORKFLOW = "approval"  # Wagtail's button says "Submit to" before it.
FORMER_NAME = "Stories"
READING_TASK = "Read by an editor"
APPROVAL_TASK = "Approval by the editor in chief"


def create_story_workflow(*, editors: Group, chiefs: Group) -> None:
    """Makes the workflow and gives it to the stories; running it again changes nothing.

    A workflow of this name that exists keeps its tasks, and stories that were given another one
    keep that: both may be arranged in the admin. Only who approves follows the groups. One of its
    former name, after which the button read like publishing, is renamed.
    """
    if not Workflow.objects.filter(name=STORY_WORKFLOW).exists():
        Workflow.objects.filter(name=FORMER_NAME).update(name=STORY_WORKFLOW)
    workflow, is_new = Workflow.objects.get_or_create(name=STORY_WORKFLOW)
    for number, (name, groups) in enumerate(
        ((READING_TASK, (editors, chiefs)), (APPROVAL_TASK, (chiefs,)))
    ):
        task = GroupApprovalTask.objects.filter(name=name).first()
        if task is None:
            task = GroupApprovalTask.objects.create(name=name)
        task.groups.set(groups)
        if is_new:
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=number)
    for page in Page.objects.type(StoryIndexPage):
        WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})
