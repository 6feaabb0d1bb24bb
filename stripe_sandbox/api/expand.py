"""``expand[]``: puts objects where their ids, or nothing, would stand."""

from collections.abc import Callable, Sequence

from stripe_sandbox.errors import InvalidParameter
from stripe_sandbox.storage import Document, Records

_DEEPEST = 4

# object -> field -> kind of the object that the field names.
_REFERENCES = {
    "checkout.session": {"payment_intent": "payment_intent"},
    "payment_intent": {"latest_charge": "charge", "payment_method": "payment_method"},
    "charge": {"payment_intent": "payment_intent"},
    "refund": {"charge": "charge", "payment_intent": "payment_intent"},
    "dispute": {"charge": "charge", "payment_intent": "payment_intent"},
}


def expand_object(records: Records, body: Document, paths: Sequence[str]) -> Document:
    """``body`` with each dotted path expanded. Raises InvalidParameter for what cannot be."""
    for path in paths:
        steps = path.split(".")
        if len(steps) > _DEEPEST:
            raise InvalidParameter(
                f"You cannot expand more than {_DEEPEST} levels of a property: {path}.",
                param="expand",
            )
        _expand(records, body, steps, path)
    return body


def expand_list(records: Records, page: Document, paths: Sequence[str]) -> Document:
    """A list object with ``data.…`` paths expanded in each of its entries."""
    for path in paths:
        head, _, rest = path.partition(".")
        if head != "data" or not rest:
            raise _cannot(path)
        for entry in page["data"]:
            expand_object(records, entry, [rest])
    return page


def _expand(records: Records, body: Document, steps: list[str], path: str) -> None:
    step, *rest = steps
    kind = str(body.get("object"))
    if (kind, step) in _LISTS:
        body[step] = _LISTS[kind, step](records, body)
        if rest:
            raise _cannot(path)
        return
    if step not in _REFERENCES.get(kind, {}):
        raise _cannot(path)
    value = body[step]
    if isinstance(value, str):
        body[step] = value = records.get(_REFERENCES[kind][step], value)
    if rest and value is not None:
        _expand(records, value, rest, path)


def _line_items(records: Records, session: Document) -> Document:
    items = records.list_all("item", parent=session["id"], newest_first=False)
    return {
        "object": "list",
        "data": items[:10],
        "has_more": len(items) > 10,
        "url": f"/v1/checkout/sessions/{session['id']}/line_items",
    }


def _refunds(records: Records, charge: Document) -> Document:
    refunds = records.list_all("refund", parent=charge["id"])
    return {
        "object": "list",
        "data": refunds[:10],
        "has_more": len(refunds) > 10,
        "url": f"/v1/charges/{charge['id']}/refunds",
    }


_LISTS: dict[tuple[str, str], Callable[[Records, Document], Document]] = {
    ("checkout.session", "line_items"): _line_items,
    ("charge", "refunds"): _refunds,
}


def _cannot(path: str) -> InvalidParameter:
    return InvalidParameter(f"This property cannot be expanded ({path}).", param="expand")
