"""What endpoints have in common."""

from collections.abc import Mapping
from typing import Any

from stripe_sandbox.api.endpoint import Handler
from stripe_sandbox.api.expand import expand_list, expand_object
from stripe_sandbox.api.lists import build_page, is_created_within
from stripe_sandbox.errors import no_such
from stripe_sandbox.storage import Document
from stripe_sandbox.unit import UnitOfWork

Params = Mapping[str, Any]
PathValues = Mapping[str, str]


def expanded(unit: UnitOfWork, body: Document, params: Params) -> Document:
    """An answer with what the request wants in place of ids."""
    return expand_object(unit.records, body, params.get("expand", []))


def retrieve(kind: str) -> Handler:
    """Answers with the object of this kind that the path names."""

    def handler(unit: UnitOfWork, params: Params, path: PathValues) -> Document:
        body = unit.records.find(kind, path["id"])
        if body is None:
            raise no_such(kind, path["id"])
        return expanded(unit, body, params)

    return handler


def list_by(kind: str, url: str, *names: str) -> Handler:
    """Lists the objects of a kind, newest first, by when they were made and by these members."""

    def handler(unit: UnitOfWork, params: Params, path: PathValues) -> Document:
        found = [
            body
            for body in unit.records.list_all(kind)
            if is_created_within(body, params.get("created"))
            and all(params.get(name, body[name]) == body[name] for name in names)
        ]
        page = build_page(found, params, url=url)
        return expand_list(unit.records, page, params.get("expand", []))

    return handler
