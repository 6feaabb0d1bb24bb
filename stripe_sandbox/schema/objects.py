"""Checks what the sandbox emits against the annotations of stripe-python's resource classes.

Every object is checked when it is stored and every event when it is recorded, so a field that the
pinned API version does not have, or has with another type, is found at once and not by the shop.
"""

import builtins
import sys
import types
import typing
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, Union, get_args, get_origin

import stripe
from stripe import ListObject, StripeObject
from stripe._stripe_object import UntypedStripeObject

RESOURCES: dict[str, type[StripeObject]] = {
    "checkout.session": stripe.checkout.Session,
    "item": stripe.LineItem,
    "payment_intent": stripe.PaymentIntent,
    "payment_method": stripe.PaymentMethod,
    "charge": stripe.Charge,
    "refund": stripe.Refund,
    "dispute": stripe.Dispute,
    "shipping_rate": stripe.ShippingRate,
    "event": stripe.Event,
    "webhook_endpoint": stripe.WebhookEndpoint,
}


class NonconformingObject(Exception):
    """The sandbox built something Stripe's types do not know: a defect of the sandbox."""


def require_conforming(body: Mapping[str, Any]) -> None:
    """Raises NonconformingObject unless ``body`` fits the class its ``object`` member names."""
    problems = find_mismatches(body)
    if problems:
        raise NonconformingObject("; ".join(problems))


def find_mismatches(body: Mapping[str, Any]) -> list[str]:
    """One sentence per mismatch; a list object is checked item by item."""
    kind = body.get("object")
    if kind == "list":
        return _check_list(body, Any, "list")
    if kind not in RESOURCES:
        return [f"object: {kind!r} is no resource the sandbox plays"]
    problems = _check_fields(RESOURCES[kind], body, kind)
    if kind == "event":
        problems += find_mismatches(body["data"]["object"])
    return problems


class _Names(dict[str, Any]):
    """Names an annotation may use, including those the SDK imports for type checkers only."""

    def __init__(self, module: str) -> None:
        super().__init__()
        self._places = (vars(sys.modules[module]), vars(builtins), vars(typing))

    def __missing__(self, name: str) -> Any:
        for place in self._places:
            if name in place:
                return place[name]
        return getattr(stripe, name, getattr(stripe, name.removesuffix("Resource"), Any))


_known_fields: dict[str, dict[str, Any]] = {}


def _fields(resource: type[StripeObject]) -> dict[str, Any]:
    name = f"{resource.__module__}.{resource.__qualname__}"
    if name not in _known_fields:
        _known_fields[name] = _resolve_fields(resource)
    return _known_fields[name]


def _resolve_fields(resource: type[StripeObject]) -> dict[str, Any]:
    own = {
        name: hint
        for name, hint in resource.__annotations__.items()
        if not name.startswith("_") and typing.ClassVar not in {hint, get_origin(hint)}
    }
    holder = types.SimpleNamespace(__annotations__=own)
    names = _Names(resource.__module__)
    return typing.get_type_hints(holder, globalns={}, localns=names)


def _check_fields(resource: type[StripeObject], body: Mapping[str, Any], path: str) -> list[str]:
    fields = _fields(resource)
    problems = [f"{path}.{name}: unknown field" for name in body if name not in fields]
    for name, hint in fields.items():
        if name in body:
            problems += _check(hint, body[name], f"{path}.{name}")
        elif type(None) not in get_args(hint):
            problems.append(f"{path}.{name}: missing")
    return problems


def _check(hint: Any, value: Any, path: str) -> list[str]:
    origin = get_origin(hint)
    if hint is Any or isinstance(hint, typing.TypeVar):
        return []
    if origin in {Union, types.UnionType}:
        return _check_union(get_args(hint), value, path)
    if origin is Literal:
        return [] if value in get_args(hint) else [f"{path}: {value!r} is not in the enumeration"]
    if origin is list:
        return _check_items(get_args(hint)[0], value, path)
    if origin is ListObject:
        return _check_list(value, get_args(hint)[0], path)
    if origin is UntypedStripeObject:
        return _check_map(get_args(hint)[0], value, path)
    if isinstance(hint, type) and issubclass(hint, StripeObject):
        if isinstance(value, Mapping):
            return _check_fields(hint, value, path)
        return [f"{path}: expected an object, got {value!r}"]
    return _check_scalar(hint, value, path)


def _check_union(members: tuple[Any, ...], value: Any, path: str) -> list[str]:
    if value is None:
        return [] if type(None) in members else [f"{path}: must not be null"]
    choices = [choice for m in members if get_origin(m) is Literal for choice in get_args(m)]
    if choices and isinstance(value, str):
        return [] if value in choices else [f"{path}: {value!r} is not in the enumeration"]
    candidates = [m for m in members if m is not type(None) and get_origin(m) is not Literal]
    attempts = [_check(member, value, path) for member in candidates]
    return min(attempts, key=len, default=[f"{path}: {value!r} does not fit"])


def _check_items(item: Any, value: Any, path: str) -> list[str]:
    if not isinstance(value, list):
        return [f"{path}: expected a list, got {value!r}"]
    return [
        problem
        for place, entry in enumerate(value)
        for problem in _check(item, entry, f"{path}[{place}]")
    ]


def _check_list(value: Any, item: Any, path: str) -> list[str]:
    if not isinstance(value, Mapping) or set(value) != {"object", "data", "has_more", "url"}:
        return [f"{path}: expected a list object, got {value!r}"]
    if item is not Any:
        return _check_items(item, value["data"], f"{path}.data")
    return [problem for entry in value["data"] for problem in find_mismatches(entry)]


def _check_map(item: Any, value: Any, path: str) -> list[str]:
    if not isinstance(value, Mapping):
        return [f"{path}: expected an object, got {value!r}"]
    return [
        problem for key, entry in value.items() for problem in _check(item, entry, f"{path}.{key}")
    ]


def _check_scalar(hint: Any, value: Any, path: str) -> list[str]:
    if hint is Decimal:
        try:
            Decimal(value)
        except (InvalidOperation, TypeError, ValueError):
            return [f"{path}: expected a decimal string, got {value!r}"]
        return [] if isinstance(value, str) else [f"{path}: expected a decimal string"]
    # bool is an int in Python but not in JSON, hence type() and not isinstance().
    if type(value) is hint or (hint is float and type(value) is int):
        return []
    return [f"{path}: expected {getattr(hint, '__name__', hint)}, got {value!r}"]
