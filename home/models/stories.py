from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search import index

from products.blocks import StoryStreamBlock
from products.previews import ShopPreviewMixin
from shopsite.cms.covers import CoverPage
from shopsite.cms.machine_pictures import addresses_of
from shopsite.cms.pages import ContentPage
from shopsite.cms.stored_words import count_words
from shopsite.lib.schema_org import Publisher, Thing, article

WORDS_A_MINUTE = 220


class StoryIndexPage(ContentPage):
    intro = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("A sentence or two above the list of stories."),
    )

    page_size = 12
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.StoryPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("stories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`stories` is one page of live stories, newest first."""
        context = super().get_context(request, *args, **kwargs)
        paginator = Paginator(StoryPage.latest_below(self), self.page_size)
        context["stories"] = paginator.get_page(request.GET.get("page"))
        return context


class StoryPage(ShopPreviewMixin, CoverPage):
    """An article that people come for, and buy from."""

    summary = models.TextField(
        _("summary"), max_length=400, blank=True, help_text=_("Two or three sentences.")
    )
    author_name = models.CharField(
        _("author"), max_length=80, blank=True, help_text=_("Whose name stands below the title.")
    )
    cover = models.ForeignKey(
        "cms.ShopImage",
        verbose_name=_("cover picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands above the story and on its card."),
    )
    cover_alt = models.CharField(
        _("alternative text of the cover"),
        max_length=200,
        blank=True,
        help_text=_("What the picture shows, for people who cannot see it."),
    )
    body = StreamField(
        StoryStreamBlock(),
        verbose_name=_("story"),
        blank=True,
        help_text=_("Words, pictures and the products they are about, in blocks."),
    )
    tags = ClusterTaggableManager(through="home.StoryPageTag", verbose_name=_("tags"), blank=True)

    share_type = "article"
    listed_sizes = ("story-card", "search-result")
    parent_page_types = ["home.StoryIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("author_name"),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading=_("Cover")),
        FieldPanel("body"),
        FieldPanel("tags"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    @classmethod
    def latest_below(cls, page: Page) -> PageQuerySet:
        """Live, public stories below a page, newest first, with what a card shows of them."""
        stories = cls.objects.live().public().descendant_of(page)
        return stories.select_related("cover").order_by("-first_published_at", "-pk")

    def describe(self, *, url: str, description: str, publisher: Publisher) -> list[Thing]:
        return [
            article(
                headline=self.title,
                url=url,
                description=description,
                images=list(addresses_of([self.lead_picture]).values()),
                author=self.author_name,
                published=self.first_published_at,
                modified=self.last_published_at,
                publisher=publisher,
            )
        ]

    @cached_property
    def shown_with_it(self) -> set[int]:
        """The other stories that its blocks have shown, as far as the page is rendered."""
        return set()

    def find_next(self) -> "StoryPage | None":
        """The story published before this one; after the first of all, the newest. None when there
        is no other that the page has not shown already. 3 queries at most."""
        known = {self.pk, *self.shown_with_it}
        others = StoryPage.latest_below(self.get_parent()).exclude(pk__in=known).defer("body")
        if self.first_published_at is not None:
            earlier = others.filter(first_published_at__lt=self.first_published_at).first()
            if earlier is not None:
                return earlier
        newest: StoryPage | None = others.first()
        return newest

    @property
    def reading_minutes(self) -> int:
        """Of the stored text, without a query: a list shows it on every card."""
        words = count_words(self)
        return max(1, round(words / WORDS_A_MINUTE))


class StoryPageTag(TaggedItemBase):
    content_object = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="tagged_items")
