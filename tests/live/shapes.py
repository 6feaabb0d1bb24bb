"""Compares the form of two JSON values: which members there are, and of which types."""

from collections.abc import Mapping
from typing import Any

# The members are the shop's or depend on what the account has turned on.
FREE = frozenset({"metadata", "payment_method_options", "payment_method_configuration_details"})


def list_differences(real: Any, played: Any, path: str = "") -> list[str]:
    """One sentence per difference. Null fits everything: it says nothing about the type. Of lists
    the first entries are compared."""
    if real is None or played is None:
        return []
    if type_of(real) != type_of(played):
        return [f"{path}: {type_of(real)} at Stripe, {type_of(played)} here"]
    if isinstance(real, Mapping):
        return _list_member_differences(real, played, path)
    if isinstance(real, list) and real and played:
        return list_differences(real[0], played[0], f"{path}[0]")
    return []


def _list_member_differences(
    real: Mapping[str, Any], played: Mapping[str, Any], path: str
) -> list[str]:
    if path.rpartition(".")[2] in FREE:
        return []
    names = {name: f"{path}.{name}" if path else name for name in sorted({*real, *played})}
    differences = []
    for name, place in names.items():
        if name not in played:
            differences.append(f"{place}: only at Stripe")
        elif name not in real:
            differences.append(f"{place}: only here")
        else:
            differences += list_differences(real[name], played[name], place)
    return differences


def type_of(value: Any) -> str:
    """JSON's name of the type."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "list" if isinstance(value, list) else "object"
