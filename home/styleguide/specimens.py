"""What the guide shows: a template of the shop in each of its states."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class State:
    """`label` is empty where there is only one."""

    label: str
    context: Mapping[str, Any]


@dataclass(frozen=True)
class Specimen:
    """`template` draws it. `columns` lets small states stand side by side."""

    template: str
    states: tuple[State, ...]
    columns: bool = False


@dataclass(frozen=True)
class Drawn:
    """A specimen on the page: the states by label, as HTML."""

    name: str
    template: str
    states: tuple[tuple[str, SafeString], ...]
    columns: bool = False


def one_state(template: str, **context: Any) -> Specimen:
    return Specimen(template, (State("", context),))


def draw(specimen: Specimen, request: HttpRequest, shared: Mapping[str, Any]) -> Drawn:
    """Renders with the very template; `shared` is what base.html would have told it."""
    path = f"components/{specimen.template}.html"
    states = tuple(
        (state.label, render_to_string(path, {**shared, **state.context}, request))
        for state in specimen.states
    )
    name = specimen.template.replace("_", " ").capitalize()
    return Drawn(name, path, states, specimen.columns)
