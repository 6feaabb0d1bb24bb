"""List answers: filters by time, and pages by cursor."""

from collections.abc import Mapping, Sequence
from typing import Any

from stripe_sandbox.errors import InvalidParameter, no_such
from stripe_sandbox.storage import Document

_DEFAULT_LIMIT, _MAXIMUM_LIMIT = 10, 100


def build_page(objects: Sequence[Document], params: Mapping[str, Any], *, url: str) -> Document:
    """One page of ``objects``, which are in the order the list has.

    ``starting_after`` gives what follows that object, ``ending_before`` what stands right before
    it. Raises ApiError for a cursor that is not in the list and a limit outside 1 to 100.
    """
    limit = _read_limit(params)
    if "starting_after" in params and "ending_before" in params:
        raise InvalidParameter(
            "You may only specify one of these parameters: ending_before, starting_after.",
            param=None,
            code="parameters_exclusive",
        )
    if "ending_before" in params:
        end = _find(objects, params, "ending_before")
        rest: Sequence[Document] = objects[:end]
        data, more = rest[-limit:], len(rest) > limit
    else:
        start = _find(objects, params, "starting_after") + 1 if "starting_after" in params else 0
        rest = objects[start:]
        data, more = rest[:limit], len(rest) > limit
    return {"object": "list", "data": list(data), "has_more": more, "url": url}


def _read_limit(params: Mapping[str, Any]) -> int:
    limit: int = params.get("limit", _DEFAULT_LIMIT)
    if not 1 <= limit <= _MAXIMUM_LIMIT:
        raise InvalidParameter(
            f"This value must be between 1 and {_MAXIMUM_LIMIT}.",
            param="limit",
            code="parameter_invalid_integer",
        )
    return limit


def _find(objects: Sequence[Document], params: Mapping[str, Any], cursor: str) -> int:
    for place, body in enumerate(objects):
        if body["id"] == params[cursor]:
            return place
    raise no_such("object", params[cursor], param=cursor, status=400)


def is_created_within(body: Document, created: int | Mapping[str, int] | None) -> bool:
    """Whether the object was made when the ``created`` filter says: a time, or gt/gte/lt/lte."""
    if created is None:
        return True
    made: int = body["created"]
    if isinstance(created, int):
        return made == created
    return (
        made > created.get("gt", -1)
        and made >= created.get("gte", -1)
        and made < created.get("lt", made + 1)
        and made <= created.get("lte", made)
    )
