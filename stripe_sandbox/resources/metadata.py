"""Metadata as it is after a request."""

from collections.abc import Mapping


def merge_metadata(kept: Mapping[str, str], given: Mapping[str, str] | str) -> dict[str, str]:
    """``kept`` changed by ``given``: an empty value removes its key, an empty text all."""
    merged = {} if isinstance(given, str) else {**kept, **given}
    return {key: value for key, value in merged.items() if value != ""}
