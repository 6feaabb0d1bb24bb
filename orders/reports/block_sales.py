"""What each block of a page has sold."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from orders.reports.goods import SoldGoods, by_block, sold_goods
from orders.reports.page_sales import lines_of_page
from products.page_blocks import block_names, page_blocks, streams_of_page, streams_of_revision
from shopsite.cms.reports.days import Days


@dataclass(frozen=True)
class BlockSales(SoldGoods):
    """`is_there` says whether the page still has the block."""

    name: str
    is_there: bool

    @property
    def block_id(self) -> str | None:
        """None for the form of the page itself."""
        return _id_of(self)


def sales_by_block(days: Days, page_id: int) -> list[BlockSales]:
    """What brought most first. The number of queries depends neither on blocks nor on orders. A
    block that is gone has the name that it had in the version it last sold something in, as long
    as Wagtail keeps that."""
    found = sold_goods(days, by_block, lines=lines_of_page(page_id))
    sold = {block_id for goods in found if (block_id := _id_of(goods))}
    names = _live_names(page_id) if sold else {}
    old_names = _old_names(page_id, sold - names.keys())
    rows = [_row(goods, names, old_names) for goods in found]
    return sorted(rows, key=lambda row: (-row.kept.amount, row.name, row.currency))


def _live_names(page_id: int) -> dict[str, str]:
    page = Page.objects.filter(pk=page_id).specific().first()
    return block_names(page_blocks(streams_of_page(page))) if page else {}


def _old_names(page_id: int, block_ids: Collection[str]) -> dict[str, str]:
    if not block_ids:
        return {}
    lines = lines_of_page(page_id).filter(source_block_id__in=block_ids).order_by()
    newest = lines.values("source_block_id").annotate(newest=Max("source_revision_id"))
    revisions = Revision.objects.filter(pk__in=newest.values("newest")).order_by("pk")
    streams = [stream for one in revisions for stream in streams_of_revision(one)]
    return block_names(page_blocks(streams))


def _id_of(goods: SoldGoods) -> str | None:
    return str(goods.key[0]) if goods.key[0] else None


def _row(goods: SoldGoods, names: dict[str, str], old_names: dict[str, str]) -> BlockSales:
    block_id = _id_of(goods)
    return BlockSales(
        **vars(goods),
        name=_name(block_id, names, old_names),
        is_there=block_id is None or block_id in names,
    )


def _name(block_id: str | None, names: dict[str, str], old_names: dict[str, str]) -> str:
    if block_id is None:
        return _("The page itself")
    if block_id in names:
        return names[block_id]
    if block_id in old_names:
        return _("%(block)s (removed)") % {"block": old_names[block_id]}
    return _("A removed block")
