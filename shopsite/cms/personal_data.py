"""What the shop keeps about people, as parts that each layer registers for what it keeps itself.

A part is a function away from seeing, taking along and erasing what belongs to an e-mail address;
customers/customer_data.py puts them together. Layers add theirs with the hook
`register_personal_data`: a function that gives one.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from wagtail import hooks

from shopsite.lib.zip_stream import ZipEntry

HOOK = "register_personal_data"
Record = dict[str, Any]


def nothing_against_it(_email: str) -> list[str]:
    return []


def no_files(_email: str) -> Iterable[ZipEntry]:
    return ()


@dataclass(frozen=True)
class Part:
    """One kind of things that are kept about people. All functions take a normal address: without
    spaces around it, in small letters.

    `find` gives what is kept, a record for each thing, as it is handed to its owner. `erase` takes
    the person out of it; it belongs into the transaction of the caller, and a second call finds
    nothing more to do. `hindrances` are sentences for the clerk that say why nothing can be erased
    now; asked in that transaction, they lock what they looked at. `files` are what the law keeps
    as it is. `fields` are the fields that `find` shows and `erase` empties, by "app.Model"; those
    in `kept` are shown, and stay because the law wants them.
    """

    code: str
    words: str | Promise
    find: Callable[[str], list[Record]]
    erase: Callable[[str], None]
    fields: Mapping[str, Collection[str]]
    kept: Mapping[str, Collection[str]] | None = None
    hindrances: Callable[[str], list[str]] = nothing_against_it
    files: Callable[[str], Iterable[ZipEntry]] = no_files


def all_parts() -> list[Part]:
    """The layers' parts, highest layer first: what points at something goes before it."""
    return [make() for make in hooks.get_hooks(HOOK)]


def record_of(thing: Model, *names: str) -> Record:
    """Some fields of a row as they are stored."""
    fields = {field.name: field for field in thing._meta.concrete_fields}
    return {
        name: fields[name].get_prep_value(fields[name].value_from_object(thing)) for name in names
    }
