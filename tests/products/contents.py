"""Stories, landing pages and streams that the tests of what content sells need."""

from typing import Any

from wagtail.models import Page

from home.models import LandingIndexPage, LandingPage, StoryIndexPage, StoryPage


def card(page_id: int | None, *, block_id: str = "card") -> dict[str, Any]:
    value = {"product": page_id, "note": "Kept."}
    return {"type": "product_card", "id": block_id, "value": value}


def grid(*page_ids: int, block_id: str = "grid") -> dict[str, Any]:
    items = [
        {"type": "item", "id": f"{block_id}-{number}", "value": {"product": pk}}
        for number, pk in enumerate(page_ids)
    ]
    value = {"heading": "Tea things", "products": items}
    return {"type": "product_grid", "id": block_id, "value": value}


def buy_box(page_id: int, *, block_id: str = "box") -> dict[str, Any]:
    return {"type": "buy_box", "id": block_id, "value": {"product": page_id, "note": ""}}


def basket(*page_ids: int, block_id: str = "basket", heading: str = "All of it") -> dict[str, Any]:
    items = [
        {"type": "item", "id": f"{block_id}-{number}", "value": {"product": pk, "quantity": 1}}
        for number, pk in enumerate(page_ids)
    ]
    value = {"heading": heading, "text": "", "items": items}
    return {"type": "story_basket", "id": block_id, "value": value}


def section(section_id: int, *, block_id: str = "section") -> dict[str, Any]:
    return {"type": "section", "id": block_id, "value": {"section": section_id}}


def text_with_link(page_id: int, *, block_id: str = "text") -> dict[str, Any]:
    html = f'<p>See <a linktype="page" id="{page_id}">this</a>.</p>'
    return {"type": "text", "id": block_id, "value": {"text": html}}


def call_to_action(page_id: int, *, block_id: str = "cta") -> dict[str, Any]:
    action = {"text": "Go", "page": page_id, "address": ""}
    value = {"heading": "Now", "text": "", "action": action, "style": "plain"}
    return {"type": "call_to_action", "id": block_id, "value": value}


def make_story(title: str, *blocks: dict[str, Any], live: bool = True) -> StoryPage:
    story = StoryPage(title=title, live=live, search_description="About tea.", body=list(blocks))
    return _published(StoryIndexPage.objects.get(), story)


def make_landing(title: str, *blocks: dict[str, Any], live: bool = True) -> LandingPage:
    page = LandingPage(title=title, live=live, search_description="About tea.", body=list(blocks))
    return _published(LandingIndexPage.objects.get(), page)


def save_draft(page: Page, *blocks: dict[str, Any]) -> None:
    """Changes that wait beside the live version."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.body = list(blocks)
    draft.save_revision(clean=False)


def stored_body(page: Any) -> list[dict[str, Any]]:
    return list(page.body.get_prep_value())


def _published(parent: Page, page: Any) -> Any:
    live = page.live
    page.body = page._meta.get_field("body").stream_block.to_python(page.body)
    parent.add_child(instance=page)
    revision = page.save_revision(clean=False)
    if live:
        revision.publish()
    return type(page).objects.get(pk=page.pk)
