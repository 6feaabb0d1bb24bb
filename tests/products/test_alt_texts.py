"""People who cannot see a picture are told what it shows: without that, nothing is published."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.blocks import Block, ListBlock, StructBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import HomePage
from products.blocks import StoryStreamBlock
from products.models import ProductPage
from tests.factories import make_user
from tests.products.editor import autosave, edit_url, editor_form, publish, save
from tests.products.makers import make_draft, make_picture

pytestmark = pytest.mark.usefixtures("indexes")


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(make_user("erin", is_superuser=True))
    return client


@pytest.fixture
def page(site: HomePage) -> ProductPage:
    return make_draft("Mug", sku="MUG-1")


def newest_draft(page: ProductPage) -> ProductPage:
    return ProductPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def is_live(page: ProductPage) -> bool:
    return ProductPage.objects.get(pk=page.pk).live


def without_alt(page: ProductPage) -> ProductPage:
    """A draft whose picture says nothing, as an unfinished page may be left."""
    draft = page.get_latest_revision_as_object()
    picture = draft.pictures.get()
    picture.alt_text = ""
    draft.pictures = [picture]
    draft.save_revision(clean=False)
    return ProductPage.objects.get(pk=page.pk)


def with_silent_story_picture(page: ProductPage) -> ProductPage:
    """A draft whose story has a picture that says nothing and is not marked as decoration."""
    image = make_picture()
    picture = {"image": image.pk, "alt_text": "", "decorative": False}
    value = {"picture": picture, "heading": "", "text": "<p>Clay.</p>", "side": "start", "link": {}}
    draft = page.get_latest_revision_as_object()
    draft.body = [
        ("picture_with_text", StoryStreamBlock().child_blocks["picture_with_text"].to_python(value))
    ]
    draft.save_revision(clean=False)
    return ProductPage.objects.get(pk=page.pk)


def bulk_publish_url(pages: list[Page]) -> str:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = {"id": [page.pk for page in pages], "next": "/admin/pages/"}
    return f"{url}?{urlencode(query, doseq=True)}"


def test_a_draft_may_be_saved_without(editor: Client, page: ProductPage) -> None:
    response = save(editor, page, **{"pictures-0-alt_text": ""})
    assert response.status_code == 302
    assert newest_draft(page).pictures.get().alt_text == ""


def test_autosave_may_save_without(editor: Client, page: ProductPage) -> None:
    form = editor_form(editor, edit_url(page))
    answer = autosave(editor, page, form, **{"pictures-0-alt_text": ""}).json()
    assert answer["success"] is True
    assert newest_draft(page).pictures.get().alt_text == ""


@pytest.mark.parametrize("alt_text", ["", "   "])
def test_the_editor_does_not_publish_without(
    alt_text: str, editor: Client, page: ProductPage
) -> None:
    response = publish(editor, page, **{"pictures-0-alt_text": alt_text})
    assert response.status_code == 200
    errors = response.context["form"].formsets["pictures"].errors
    assert errors == [{"alt_text": ["This field is required."]}]
    assert not is_live(page)


def test_with_an_alternative_text_the_same_page_is_published(
    editor: Client, page: ProductPage
) -> None:
    assert publish(editor, page).status_code == 302
    assert is_live(page)


SILENT_PAGES = [
    (without_alt, "“Mug” has a picture without alternative text."),
    (with_silent_story_picture, "The story of “Mug” has a part that is not finished."),
]


@pytest.mark.parametrize(("silence", "text"), SILENT_PAGES)
def test_a_script_does_not_publish_without(
    silence: Callable[[ProductPage], ProductPage], text: str, page: ProductPage
) -> None:
    page = silence(page)
    with pytest.raises(ValidationError) as caught:
        page.get_latest_revision().publish()
    assert caught.value.messages == [text]
    assert not is_live(page)


@pytest.mark.parametrize(("silence", "text"), SILENT_PAGES)
@pytest.mark.parametrize("below_the_shop", [False, True])
def test_bulk_publishing_says_which_page_is_not_finished_and_publishes_none(
    silence: Callable[[ProductPage], ProductPage],
    text: str,
    below_the_shop: bool,
    editor: Client,
    page: ProductPage,
) -> None:
    page = silence(page)
    finished = make_draft("Kettle", sku="KET-1")
    chosen = [page.get_parent()] if below_the_shop else [page, finished]
    data = {"include_descendants": "on" if below_the_shop else ""}
    response = editor.post(bulk_publish_url(chosen), data, follow=True)
    assert response.redirect_chain == [("/admin/pages/", 302)]
    assert "Nothing was published." in response.content.decode()
    assert text in response.content.decode()
    assert not is_live(page)
    assert not is_live(finished)


def test_bulk_publishing_of_finished_pages_goes_through(editor: Client, page: ProductPage) -> None:
    editor.post(bulk_publish_url([page]), {"include_descendants": ""})
    assert is_live(page)


BLOCK_SETTINGS = {"theme": "plain", "width": "wide", "spacing": "normal", "anchor": "",
    "show_from": "", "show_until": ""}  # fmt: skip


def story_of(picture: dict[str, object]) -> dict[str, str]:
    block = {
        "picture": picture,
        "heading": "",
        "text": '{"entityMap": {}, "blocks": [{"key": "a", "text": "Clay.", "type": "unstyled", '
        '"depth": 0, "inlineStyleRanges": [], "entityRanges": []}]}',
        "side": "start",
        "link": {"text": "", "page": "", "address": ""},
        **BLOCK_SETTINGS,
    }
    return nested_form_data({"body": streamfield([("picture_with_text", block)])})


@pytest.mark.parametrize(
    ("said", "is_published"),
    [
        ({"alt_text": ""}, False),
        ({"alt_text": "Hands at the wheel"}, True),
        ({"alt_text": "", "decorative": "on"}, True),
    ],
)
def test_a_picture_of_the_story_needs_one_unless_it_is_decoration(
    said: dict[str, str], is_published: bool, editor: Client, page: ProductPage
) -> None:
    story = story_of({"image": make_picture().pk, **said})
    assert save(editor, page, **story).status_code == 302
    publish(editor, page, **story)
    assert is_live(page) is is_published


def bare_image_choosers(block: Block) -> list[str]:
    """Image choosers that do not ask what the picture shows, as ImageBlock does."""
    if isinstance(block, ImageBlock):
        return []
    if isinstance(block, ImageChooserBlock):
        return [block.name]
    children = list(getattr(block, "child_blocks", {}).values())
    if isinstance(block, ListBlock):
        children.append(block.child_block)
    return [name for child in children for name in bare_image_choosers(child)]


def test_every_picture_of_a_story_is_asked_for_its_text() -> None:
    assert bare_image_choosers(StoryStreamBlock()) == []
    careless = StructBlock([("pictures", ListBlock(ImageChooserBlock()))])
    assert bare_image_choosers(careless) == [""]
