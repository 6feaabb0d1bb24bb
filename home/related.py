"""Which stories a page leads on to."""

from collections.abc import Iterable

from wagtail.models import Page, ReferenceIndex

from home.models import StoryPage


def related_stories(
    picked: Iterable[Page | None], *, fill_up_to: int, tag: str, besides: Page | None
) -> list[StoryPage]:
    """The picked ones that every reader may see, in their order, then the newest with that tag, or
    of all without one. Each story once, and never the page `besides`."""
    left_out = {besides.pk} if besides is not None else set()
    wanted = [page.pk for page in picked if page is not None and page.pk not in left_out]
    public = StoryPage.objects.live().public().select_related("cover")
    found = {story.pk: story for story in public.filter(pk__in=wanted)}
    stories = [found[pk] for pk in dict.fromkeys(wanted) if pk in found]
    missing = fill_up_to - len(stories)
    if missing > 0:
        newest = public.exclude(pk__in=left_out | found.keys())
        if tag:
            newest = newest.filter(tags__name__iexact=tag).distinct()
        stories += newest.order_by("-first_published_at", "-pk")[:missing]
    return stories


def stories_showing(page: Page, *, limit: int = 3) -> list[StoryPage]:
    """The newest live, public stories whose blocks or texts point at this page, from Wagtail's
    reference index; none of a page that is not saved yet. 2 queries."""
    if page.pk is None:
        return []
    # The index names other things by their numbers, too.
    pages = ReferenceIndex._get_base_content_type(StoryPage)
    references = ReferenceIndex.get_references_to(page).filter(base_content_type=pages)
    ids = [int(key) for key in references.values_list("object_id", flat=True) if key.isdecimal()]
    public = StoryPage.objects.live().public().select_related("cover").filter(pk__in=ids)
    return list(public.order_by("-first_published_at", "-pk")[:limit])
