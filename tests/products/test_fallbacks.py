"""What stands in a page for a product that cannot be bought."""

from dataclasses import dataclass

import pytest

from products.fallbacks import Shown, choose_shown


@dataclass(frozen=True)
class Thing:
    title: str
    is_buyable: bool


MUG, BOWL = Thing("Mug", True), Thing("Bowl", True)
GONE, GONE_TOO = Thing("Mug", False), Thing("Bowl", False)


@pytest.mark.parametrize(
    ("product", "when_gone", "substitute", "shown"),
    [
        (MUG, "badge", None, Shown(MUG)),
        (MUG, "hide", None, Shown(MUG)),
        (MUG, "substitute", BOWL, Shown(MUG)),
        (GONE, "badge", None, Shown(GONE)),
        (GONE, "hide", None, None),
        (GONE, "substitute", BOWL, Shown(BOWL, stands_in_for="Mug")),
        (GONE, "substitute", GONE_TOO, Shown(GONE)),
        (GONE, "substitute", None, Shown(GONE)),
        (None, "badge", None, None),
        (None, "hide", None, None),
        (None, "substitute", BOWL, Shown(BOWL)),
        (None, "substitute", GONE_TOO, None),
    ],
)
def test_a_fallback_is_used_only_when_it_is_better(
    product: Thing | None, when_gone: str, substitute: Thing | None, shown: Shown[Thing] | None
) -> None:
    assert choose_shown(product, when_gone=when_gone, substitute=substitute) == shown
