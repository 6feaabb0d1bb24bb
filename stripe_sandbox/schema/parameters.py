"""Checks a decoded request against one of stripe-python's parameter TypedDicts.

Those types are generated from the API description of exactly the pinned version, so what the SDK's
own types do not allow, the sandbox does not accept. Enumerations are open in the types
(``Literal[...] | str``) to survive later versions; here they are closed.
"""

import difflib
import functools
import re
import sys
import types
import typing
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, NotRequired, Required, TypeAlias, Union, get_args, get_origin

from stripe._request_options import RequestOptions
from typing_extensions import is_typeddict

from stripe_sandbox.errors import InvalidParameter
from stripe_sandbox.schema.forms import Form

_INTEGER = re.compile(r"-?[0-9]{1,18}")
_PLACE = re.compile(r"[0-9]{1,9}")
Raw: TypeAlias = "str | Form"


def parse_parameters(params_type: type, form: Form) -> dict[str, Any]:
    """``form`` with its values converted as ``params_type`` says.

    Raises InvalidParameter for the first parameter that is unknown, missing or mistyped.
    """
    return _parse_object(params_type, form, "")


@functools.cache
def _fields(params_type: type) -> dict[str, tuple[Any, bool]]:
    """Name -> (type, required). Options of the request itself are no parameters."""
    own = {
        name: hint
        for name, hint in params_type.__annotations__.items()
        if name not in RequestOptions.__annotations__
    }
    module = sys.modules[params_type.__module__]
    holder = types.SimpleNamespace(__annotations__=own)
    hints = typing.get_type_hints(holder, globalns=vars(module), include_extras=True)
    return {name: _unwrap(hint) for name, hint in hints.items()}


def _unwrap(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) is NotRequired:
        return get_args(hint)[0], False
    if get_origin(hint) is Required:
        return get_args(hint)[0], True
    return hint, True


def _parse_object(params_type: type, raw: Raw, path: str) -> dict[str, Any]:
    if isinstance(raw, str):
        raise InvalidParameter("Invalid object", param=path)
    fields = _fields(params_type)
    for name in raw:
        if name not in fields:
            raise _unknown(_join(path, name), name, list(fields))
    for name, (_, required) in fields.items():
        if required and name not in raw:
            param = _join(path, name)
            raise InvalidParameter(
                f"Missing required param: {param}.", param=param, code="parameter_missing"
            )
    return {name: _parse(fields[name][0], value, _join(path, name)) for name, value in raw.items()}


def _unknown(param: str, name: str, known: list[str]) -> InvalidParameter:
    close = difflib.get_close_matches(name, known, n=1)
    hint = f". Did you mean {close[0]}?" if close else ""
    return InvalidParameter(
        f"Received unknown parameter: {param}{hint}", param=param, code="parameter_unknown"
    )


def _join(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name


def _parse(hint: Any, raw: Raw, path: str) -> Any:
    origin = get_origin(hint)
    if is_typeddict(hint):
        return _parse_object(hint, raw, path)
    if origin in {Union, types.UnionType}:
        return _parse_union(get_args(hint), raw, path)
    if origin is Literal:
        return _parse_enum(get_args(hint), raw, path)
    if origin is list:
        return _parse_list(get_args(hint)[0], raw, path)
    if origin is dict:
        return _parse_map(get_args(hint)[1], raw, path)
    return _SCALARS[hint](raw, path)


def _parse_union(members: tuple[Any, ...], raw: Raw, path: str) -> Any:
    choices = [value for m in members if get_origin(m) is Literal for value in get_args(m)]
    if raw == "" and "" in choices:
        return ""
    choices = [choice for choice in choices if choice != ""]
    if choices:
        return _parse_enum(tuple(choices), raw, path)
    scalars = [member for member in members if member in _SCALARS]
    containers = [member for member in members if _is_container(member)]
    if isinstance(raw, dict) and containers:
        return _parse(containers[0], raw, path)
    return _parse((scalars or containers)[0], raw, path)


def _is_container(hint: Any) -> bool:
    return is_typeddict(hint) or get_origin(hint) in {list, dict}


def _parse_enum(choices: tuple[Any, ...], raw: Raw, path: str) -> str:
    value = _parse_string(raw, path)
    if value not in choices:
        *others, last = choices
        named = f"{', '.join(others)} or {last}" if others else last
        raise InvalidParameter(f"Invalid {path}: must be one of {named}", param=path)
    return value


def _parse_list(item: Any, raw: Raw, path: str) -> list[Any]:
    if isinstance(raw, str) or not all(_PLACE.fullmatch(key) for key in raw):
        raise InvalidParameter("Invalid array", param=path)
    keys = sorted(raw, key=int)
    return [_parse(item, raw[key], _join(path, str(place))) for place, key in enumerate(keys)]


def _parse_map(item: Any, raw: Raw, path: str) -> dict[str, Any]:
    if isinstance(raw, str):
        raise InvalidParameter("Invalid object", param=path)
    # An empty value of a map (metadata) unsets its key, so it is allowed here.
    return {
        key: "" if value == "" else _parse(item, value, _join(path, key))
        for key, value in raw.items()
    }


def _parse_string(raw: Raw, path: str) -> str:
    if isinstance(raw, dict):
        raise InvalidParameter("Invalid string: expected one value, got several.", param=path)
    if raw == "":
        raise InvalidParameter(
            f"You passed an empty string for '{path}'. Remove it from the request or give a value.",
            param=path,
            code="parameter_invalid_empty",
        )
    return raw


def _parse_integer(raw: Raw, path: str) -> int:
    if isinstance(raw, dict) or not _INTEGER.fullmatch(raw):
        shown = "a nested object" if isinstance(raw, dict) else raw
        raise InvalidParameter(
            f"Invalid integer: {shown}", param=path, code="parameter_invalid_integer"
        )
    return int(raw)


def _parse_boolean(raw: Raw, path: str) -> bool:
    if isinstance(raw, dict) or raw not in {"true", "false"}:
        raise InvalidParameter("Invalid boolean: it must be true or false.", param=path)
    return raw == "true"


def _parse_decimal(raw: Raw, path: str) -> Decimal:
    try:
        value = Decimal(_parse_string(raw, path))
    except InvalidOperation:
        raise InvalidParameter(f"Invalid decimal: {raw}", param=path) from None
    if not value.is_finite():
        raise InvalidParameter(f"Invalid decimal: {raw}", param=path)
    return value


_SCALARS: dict[Any, Any] = {
    str: _parse_string,
    int: _parse_integer,
    bool: _parse_boolean,
    Decimal: _parse_decimal,
}
