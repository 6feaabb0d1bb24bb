"""Pages with a cover picture."""

from collections.abc import Sequence
from typing import Self

from shopsite.cms.models import ShopImage
from shopsite.cms.pages import ContentPage


class CoverPage(ContentPage):
    """A page whose foreign key `cover` names the picture that stands for it."""

    cover: ShopImage | None
    cover_id: int | None

    class Meta:
        abstract = True

    @property
    def lead_picture(self) -> ShopImage | None:
        return self.cover or super().lead_picture

    @classmethod
    def pictures_of(cls, pages: Sequence[Self]) -> dict[int, list[ShopImage]]:
        images = ShopImage.objects.in_bulk({page.cover_id for page in pages if page.cover_id})
        return {page.pk: [images[page.cover_id]] for page in pages if page.cover_id}
