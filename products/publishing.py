"""What must be true of a product page before it is shown to shoppers.

Every way of publishing passes through here: the editor, many pages at once, an approval, a
schedule, a script. Drafts and autosave may be incomplete.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from products.sellable import SellableFacts, is_sellable


def check_publishable(page: Any, *, variants: Sequence[SellableFacts]) -> None:
    """Raises ValidationError for a picture without alternative text, an unfinished story or words
    for after buying, or nothing to sell.

    `page` is a product page as the revision holds it, saved or not.
    """
    errors = []
    if any(not picture.alt_text.strip() for picture in page.pictures.all()):
        errors.append(_("“%(title)s” has a picture without alternative text."))
    if not _is_finished(page.body):
        errors.append(_("The story of “%(title)s” has a part that is not finished."))
    if not _is_finished(page.after_purchase):
        errors.append(_("What “%(title)s” says after buying has a part that is not finished."))
    if errors:
        raise ValidationError([text % {"title": page.title} for text in errors])
    check_sellable(page, variants=variants)


def _is_finished(stream: Any) -> bool:
    try:
        stream.stream_block.clean(stream)
    except ValidationError:
        return False
    return True


def check_sellable(page: Any, *, variants: Sequence[SellableFacts]) -> None:
    """Raises ValidationError for a page that is about to go live and has nothing to sell.

    One that is live already may be corrected: a story outlives what it sold.
    """
    if _is_live(page) or is_sellable(variants):
        return
    if page.product_id is None:
        text = _("“%(title)s” cannot go live: its product was deleted.")
    else:
        text = _("“%(title)s” cannot go live: no variant of its product is for sale with a price.")
    raise ValidationError(text % {"title": page.title})


def _is_live(page: Any) -> bool:
    """What the database says. A page that is being published calls itself live already."""
    return page.pk is not None and type(page).objects.filter(pk=page.pk, live=True).exists()
