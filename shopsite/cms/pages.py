"""The base of every page type of the shop."""

from collections.abc import Sequence
from typing import Any, Self

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, Revision

from shopsite.cms.models import ShopImage
from shopsite.cms.page_forms import ContentPageCopyForm, ContentPageForm
from shopsite.cms.publishing import PublishChecked
from shopsite.cms.reachable_slugs import check_slug_is_reachable
from shopsite.cms.streams import first_picture
from shopsite.lib.schema_org import Publisher, Thing


class ContentPage(PublishChecked, Page):
    """A page that says how search engines and shared links show it."""

    share_image = models.ForeignKey(
        "cms.ShopImage",
        verbose_name=_("picture for shared links"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "At least 1200 pixels wide. Without it one is made of the title and the first picture."
        ),
    )

    base_form_class = ContentPageForm
    copy_form_class = ContentPageCopyForm

    # Streams that do not stand on the page itself, each with a preview mode of its name: neither
    # search engines nor shared links are told of what is in them.
    private_streams: tuple[str, ...] = ()
    share_type = "website"  # Of what kind Open Graph calls it.
    # How lists, the search and the cart show its lead picture: sizes that the page itself may not.
    listed_sizes: tuple[str, ...] = ()

    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("share_image"),
            ],
            heading=_("For search engines and shared links"),
        ),
        MultiFieldPanel([FieldPanel("show_in_menus")], heading=_("For the menus of the site")),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        check_slug_is_reachable(self.slug, self.get_parent())

    def minimal_clean(self) -> None:
        """All that is asked of a draft."""
        super().minimal_clean()
        check_slug_is_reachable(self.slug, self.get_parent())

    @transaction.atomic
    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Raises PermissionDenied for an autosave that a saved version has overtaken.

        Wagtail asks the page as it was read when the request came. By now somebody who pressed
        Save may have been answered, and that version must not be covered by an older one.
        """
        if kwargs.get("overwrite_revision") is not None:
            Page.objects.select_for_update().filter(pk=self.pk).first()
            self.latest_revision = self.revisions.order_by("-created_at", "-pk").first()
        return super().save_revision(*args, **kwargs)

    @property
    def is_indexable(self) -> bool:
        """Whether search engines may list the page. Also decides about sitemap and feeds."""
        return True

    @property
    def lead_picture(self) -> ShopImage | None:
        """The picture that stands for the page where its link is shared or listed."""
        return first_picture(self)

    @property
    def shown_pictures(self) -> list[ShopImage]:
        """What machines are shown of the page: the pictures to make ready when it is published."""
        of_page = type(self).pictures_of([self]).get(self.pk, [])
        return [*filter(None, [self.lead_picture]), *of_page]

    @property
    def listed_pictures(self) -> list[ShopImage]:
        """What lists, the search and the cart show of it, in each of `listed_sizes`."""
        return [*filter(None, [self.lead_picture])] if self.listed_sizes else []

    @classmethod
    def pictures_of(cls, pages: Sequence[Self]) -> dict[int, list[ShopImage]]:
        """The pictures of many pages of this type by primary key, for the sitemap: in one query."""
        chosen = {page.pk: page.share_image_id for page in pages if page.share_image_id}
        images = ShopImage.objects.in_bulk(set(chosen.values()))
        return {pk: [images[image_id]] for pk, image_id in chosen.items()}

    def describe(self, *, url: str, description: str, publisher: Publisher) -> list[Thing]:
        """What the page itself is, in the words of schema.org. Its place in the site and its blocks
        are told without it."""
        return []

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """The page as a revision has it. Children of the revision that were deleted since come back
        as new ones: under their old keys the editor's form would refuse them without a reason."""
        page: Self = super().with_content_json(content)
        for relation in get_all_child_relations(type(page)):
            children = getattr(page, relation.get_accessor_name()).all()
            rows = relation.related_model._base_manager.filter(pk__in=[c.pk for c in children])
            kept = set(rows.values_list("pk", flat=True)) if children else set()
            for child in children:
                if child.pk not in kept:
                    child.pk = None
        return page
