"""The variants a product could have: every combination of what its options say. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import product
from math import prod

MAX_COMBINATIONS = 200  # More would be a slip of the finger, and a form that nobody reads.
MAX_VALUE = 60  # What the columns of a variant hold.
MAX_SKU = 60

Combination = tuple[str, ...]


def parse_values(text: str) -> tuple[str, ...]:
    """What somebody typed, separated by commas or lines; each value once, in their order."""
    values: dict[str, str] = {}
    for part in re.split(r"[,\n]", text):
        value = " ".join(part.split())
        if value:
            values.setdefault(value.casefold(), value)
    return tuple(values.values())


def count_combinations(options: Sequence[Sequence[str]]) -> int:
    return prod(len(values) for values in options)


def missing_combinations(
    options: Sequence[Sequence[str]], existing: Collection[Combination]
) -> list[Combination]:
    """Those that no variant has, in the order of the values; capital letters make no difference."""
    known = {_folded(one) for one in existing}
    return [one for one in product(*options) if _folded(one) not in known]


def suggest_skus(
    prefix: str, combinations: Sequence[Combination], taken: Collection[str]
) -> list[str]:
    """A SKU for each, of the prefix and the values; a number behind it where that one is taken."""
    used = {sku.casefold() for sku in taken}
    skus = []
    for combination in combinations:
        base = "-".join(filter(None, [_code(prefix), *map(_code, combination)]))[:MAX_SKU]
        sku = next(sku for sku in _numbered(base or "SKU") if sku.casefold() not in used)
        used.add(sku.casefold())
        skus.append(sku)
    return skus


def common_prefix(skus: Sequence[str]) -> str:
    """What the SKUs of a product begin with, up to the last separator; empty for none."""
    if not skus:
        return ""
    if len(skus) == 1:
        return skus[0]
    first, last = min(skus), max(skus)
    length = next(
        (i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b),
        min(len(first), len(last)),
    )
    return re.sub(r"[^-._]*\Z", "", first[:length]).rstrip("-._")


def _code(text: str) -> str:
    """Text as a part of a SKU: capital letters, digits and dashes."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Z0-9]+", "-", plain.upper()).strip("-")


def _numbered(base: str) -> Iterator[str]:
    yield base
    for number in range(2, MAX_COMBINATIONS * 100):
        suffix = f"-{number}"
        yield f"{base[: MAX_SKU - len(suffix)]}{suffix}"


def _folded(combination: Combination) -> Combination:
    return tuple(value.casefold() for value in combination)
