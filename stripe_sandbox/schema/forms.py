"""Decodes the bracketed keys of form bodies and query strings."""

import re
from collections.abc import Iterable
from typing import TypeAlias

from stripe_sandbox.errors import InvalidParameter

Form: TypeAlias = "dict[str, str | Form]"

_KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_PART = re.compile(r"\[([^\[\]]*)\]")
_MAXIMUM_DEPTH = 12


def decode_form(pairs: Iterable[tuple[str, str]]) -> Form:
    """Nests ``a[b][0]=x`` into ``{"a": {"b": {"0": "x"}}}``; ``a[]=x`` takes the next number.

    Lists stay mappings with numeric keys: only the schema knows whether a list is meant.
    """
    form: Form = {}
    for key, value in pairs:
        match = _KEY.fullmatch(key)
        if match is None:
            raise InvalidParameter(f"Invalid parameter name: {key}", param=key)
        parts = [match[1], *_PART.findall(match[2])]
        if len(parts) > _MAXIMUM_DEPTH:
            raise InvalidParameter("The parameters are nested too deeply.", param=match[1])
        _place(form, parts, value, key)
    return form


def _place(form: Form, parts: list[str], value: str, key: str) -> None:
    *outer, last = parts
    node = form
    for part in outer:
        child = node.setdefault(part or str(len(node)), {})
        if isinstance(child, str):
            raise InvalidParameter("Invalid object", param=key)
        node = child
    name = last or str(len(node))
    if isinstance(node.get(name), dict):
        raise InvalidParameter("Invalid object", param=key)
    node[name] = value
