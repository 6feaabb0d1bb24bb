"""Short names for the blocks of a story, so that the content reads like content."""

from typing import Any

from home.demo.shapes import DemoBlock, PageRef, PictureRef


def link(text: str, key: str) -> dict[str, Any]:
    return {"text": text, "page": PageRef(key), "address": ""}


NO_LINK: dict[str, Any] = {"text": "", "page": None, "address": ""}


def text(html: str) -> DemoBlock:
    return DemoBlock("text", {"text": html})


def chapter(
    picture: str,
    heading: str,
    html: str,
    *,
    side: str = "start",
    more: dict[str, Any] | None = None,
) -> DemoBlock:
    """A picture with text; `side` is where the picture stands, "start" or "end"."""
    value = {
        "picture": PictureRef(picture),
        "heading": heading,
        "text": html,
        "side": side,
        "link": more or NO_LINK,
    }
    return DemoBlock("picture_with_text", value)


def gallery(heading: str, *pictures: tuple[str, str]) -> DemoBlock:
    """Each picture is a file name and its caption."""
    items = [{"picture": PictureRef(name), "caption": caption} for name, caption in pictures]
    return DemoBlock("gallery", {"heading": heading, "pictures": items})


def quote(words: str, attribution: str, role: str) -> DemoBlock:
    return DemoBlock("quote", {"quote": words, "attribution": attribution, "role": role})


def product_card(slug: str, note: str) -> DemoBlock:
    return DemoBlock("product_card", {"product": PageRef(f"shop/{slug}"), "note": note})


def buy_box(slug: str, note: str, *, instead: str = "") -> DemoBlock:
    """`instead` is the slug of what is offered while this one cannot be bought."""
    value = {
        "product": PageRef(f"shop/{slug}"),
        "note": note,
        "when_gone": "substitute" if instead else "badge",
        "substitute": PageRef(f"shop/{instead}") if instead else None,
    }
    return DemoBlock("buy_box", value)


def basket_item(
    slug: str, quantity: int = 1, *, note: str = "", is_optional: bool = False
) -> dict[str, Any]:
    return {
        "product": PageRef(f"shop/{slug}"),
        "quantity": quantity,
        "note": note,
        "is_optional": is_optional,
    }


def story_basket(heading: str, words: str, *items: dict[str, Any]) -> DemoBlock:
    return DemoBlock("story_basket", {"heading": heading, "text": words, "items": list(items)})


def shop_the_look(picture: str, heading: str, *points: tuple[str, int, int]) -> DemoBlock:
    """Each point is a product and where it is, in percent from the left and from the top."""
    value = {
        "heading": heading,
        "picture": PictureRef(picture),
        "points": [{"product": PageRef(f"shop/{slug}"), "x": x, "y": y} for slug, x, y in points],
    }
    return DemoBlock("shop_the_look", value)


def comparison(heading: str, *slugs: str, only_differences: bool = True) -> DemoBlock:
    value = {
        "heading": heading,
        "products": [{"product": PageRef(f"shop/{slug}")} for slug in slugs],
        "only_differences": only_differences,
    }
    return DemoBlock("comparison", value)


def product_grid(heading: str, *slugs: str, more: dict[str, Any] | None = None) -> DemoBlock:
    products = [{"product": PageRef(f"shop/{slug}")} for slug in slugs]
    value = {"heading": heading, "products": products, "more_link": more or NO_LINK}
    return DemoBlock("product_grid", value)


def hero(
    picture: str, *, eyebrow: str, heading: str, words: str, actions: list[dict[str, Any]]
) -> DemoBlock:
    value = {
        "eyebrow": eyebrow,
        "heading": heading,
        "text": words,
        "picture": PictureRef(picture),
        "actions": actions,
    }
    return DemoBlock("hero", value)


def call_to_action(
    heading: str, words: str, *, action: dict[str, Any], theme: str = "plain"
) -> DemoBlock:
    value = {"heading": heading, "text": words, "action": action, "theme": theme}
    return DemoBlock("call_to_action", value)
