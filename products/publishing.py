"""What must be true of a product page before it is shown to shoppers.

The editor's form asks for it when somebody presses "Publish" there. Drafts and autosave may be
incomplete, and publishing many pages at once, a schedule or a script never see that form: they
pass through here.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def check_publishable(page: Any) -> None:
    """Raises ValidationError for a picture without alternative text or an unfinished story.

    `page` is a product page as the revision holds it, saved or not.
    """
    errors = []
    if any(not picture.alt_text.strip() for picture in page.pictures.all()):
        errors.append(_("“%(title)s” has a picture without alternative text."))
    try:
        page.body.stream_block.clean(page.body)
    except ValidationError:
        errors.append(_("The story of “%(title)s” has a part that is not finished."))
    if errors:
        raise ValidationError([text % {"title": page.title} for text in errors])
