"""Short names for the blocks that explain, invite and lead on."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from home.demo.blocks import NO_LINK
from home.demo.shapes import DemoBlock, DocumentRef, FormRef, PageRef, PictureRef, SectionRef

NO_PICTURE: dict[str, Any] = {"image": None, "decorative": False, "alt_text": ""}
Ingredient = tuple[str, str, str | None]
Step = tuple[str, str, str | None]


def recipe(
    heading: str,
    intro: str,
    *,
    makes: str,
    minutes: int,
    ingredients: tuple[Ingredient, ...],
    steps: tuple[Step, ...],
    kind: str = "recipe",
) -> DemoBlock:
    """Of the kind "how_to" it is no recipe. An ingredient is an amount, its name and the key of a
    product or None; a step a heading, its words and a picture or None."""
    value = {
        "kind": kind,
        "heading": heading,
        "intro": intro,
        "makes": makes,
        "minutes": minutes,
        "ingredients": [
            {"amount": amount, "name": name, "product": PageRef(key) if key else None}
            for amount, name, key in ingredients
        ],
        "steps": [
            {"heading": title, "text": html, "picture": PictureRef(name) if name else NO_PICTURE}
            for title, html, name in steps
        ],
    }
    return DemoBlock("how_to", value)


def faq(heading: str, *questions: tuple[str, str]) -> DemoBlock:
    items = [{"question": question, "answer": answer} for question, answer in questions]
    return DemoBlock("faq", {"heading": heading, "questions": items})


def video(title: str, *, poster: str, file: str, captions: str, caption: str) -> DemoBlock:
    value = {
        "title": title,
        "poster": PictureRef(poster),
        "file": DocumentRef(file),
        "captions": DocumentRef(captions),
        "address": "",
        "caption": caption,
    }
    return DemoBlock("video", value)


def icon_list(*items: tuple[str, str, str]) -> DemoBlock:
    """Each item is an icon, a heading and a line."""
    icons = [{"icon": icon, "heading": heading, "text": line} for icon, heading, line in items]
    return DemoBlock("icon_list", {"heading": "", "items": icons})


def countdown(
    heading: str, words: str, *, days: int, more: dict[str, Any] | None = None, over: str
) -> DemoBlock:
    """Ends `days` after the demo was built, at six in the evening."""
    end = timezone.localtime() + timedelta(days=days)
    value = {
        "heading": heading,
        "text": words,
        "ends_at": end.replace(hour=18, minute=0, second=0, microsecond=0).isoformat(),
        "link": more or NO_LINK,
        "over_text": over,
    }
    return DemoBlock("countdown", value)


def tiles(heading: str, *keys: str) -> DemoBlock:
    items = [{"page": PageRef(key), "title": "", "picture": NO_PICTURE} for key in keys]
    return DemoBlock("collection_tiles", {"heading": heading, "tiles": items})


def collection_grid(heading: str, key: str, *, limit: int) -> DemoBlock:
    value = {
        "heading": heading,
        "products": [],
        "collection": PageRef(key),
        "rule": [],
        "limit": limit,
        "more_link": NO_LINK,
    }
    return DemoBlock("product_grid", value)


def newsletter(heading: str, words: str) -> DemoBlock:
    value = {"heading": heading, "text": words, "consent_text": "", "button_label": ""}
    return DemoBlock("newsletter", value)


def form(heading: str, key: str) -> DemoBlock:
    return DemoBlock("form", {"heading": heading, "form": FormRef(key)})


def section(key: str) -> DemoBlock:
    return DemoBlock("section", {"section": SectionRef(key)})


def related_stories(heading: str, *keys: str) -> DemoBlock:
    """The named stories first, then the newest, three in all."""
    value = {
        "heading": heading,
        "stories": [PageRef(key) for key in keys],
        "fill_up_to": 3,
        "tag": "",
        "more_link": NO_LINK,
    }
    return DemoBlock("related_stories", value)
