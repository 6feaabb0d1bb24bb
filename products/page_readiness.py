"""What products add to what is not ready on a page: its own record, and those its blocks show."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from products.gap_places import gap_place
from products.models import ProductPage
from products.panels import page_facts, variant_facts
from products.product_states import product_states
from products.readiness import Gap, gaps_before_sale
from products.sellable import is_sellable, sellable_facts
from products.selling_blocks import dead_uses, is_product_chooser, page_ids_of, selling_blocks
from shopsite.cms.page_facts import leaves_of_page
from shopsite.cms.readiness import Finding
from shopsite.cms.stored_streams import Leaf

STATES_OF_THE_PAGE = {"not_live", "not_public"}  # Known to whoever is about to publish.
NOTHING_TO_SELL = {"no_product", "no_variant", "none_for_sale"}


def check_product(page: Any, user: User) -> list[Finding]:
    """What is missing before the product of a page can be bought."""
    if not isinstance(page, ProductPage):
        return []
    product = page.product
    variants = list(product.variants.select_related("stock", "product")) if product else []
    gaps = gaps_before_sale(page_facts(page), [variant_facts(one) for one in variants])
    is_held_back = not page.live and not is_sellable(sellable_facts(page.product_id))
    return [
        _finding(gap, page, variants, user, is_held_back=is_held_back)
        for gap in gaps
        if gap.code not in STATES_OF_THE_PAGE
    ]


def check_product_blocks(page: Any, user: User) -> list[Finding]:
    """Blocks whose product cannot be bought. The number of queries does not grow with theirs."""
    leaves = leaves_of_page(page)
    content = selling_blocks(leaves)
    states = product_states(page_ids_of(content))
    findings = [_empty_chooser(leaf) for leaf in leaves if _is_missing(leaf)]
    for block in content:
        for use, state in dead_uses(block, states):
            text = _("%(block)s: %(product)s.") % {"block": block.label, "product": state}
            findings.append(Finding(f"product_{state.code}", text, use.path))
    return findings


def _finding(
    gap: Gap, page: ProductPage, variants: Sequence[Any], user: User, *, is_held_back: bool
) -> Finding:
    path, url = gap_place(gap, product=page.product, variants=variants, user=user)
    blocks = is_held_back and gap.code in NOTHING_TO_SELL
    return Finding(gap.code, gap.text, path, url, is_blocking=blocks)


def _is_missing(leaf: Leaf) -> bool:
    return is_product_chooser(leaf.block) and leaf.block.required and not leaf.value


def _empty_chooser(leaf: Leaf) -> Finding:
    text = _("%(block)s: no product is chosen, or it was deleted.") % {"block": leaf.top.label}
    return Finding("no_product_chosen", text, leaf.content_path)
