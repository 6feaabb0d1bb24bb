"""Blocks of words and pictures: what they show, and what they leave out."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents.models import Document

from home.models import LandingIndexPage, StoryIndexPage, StoryPage
from shopsite.cms.blocks import ICONS
from shopsite.cms.models import ShopImage
from shopsite.settings.env import BASE_DIR
from tests.blocks.drawing import NO_LINK, block_of, draw, draw_stream, errors_of
from tests.factories import make_image, make_product_page

pytestmark = pytest.mark.usefixtures("site")

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def picture(title: str = "A cup") -> ShopImage:
    """As an editor chose it in a block."""
    image = make_image(title)
    image.contextual_alt_text, image.decorative = "A clay cup.", False
    return image


def document(name: str) -> Document:
    return Document.objects.create(title=name, file=ContentFile(b"0123456789", name=name))


# --- Questions --------------------------------------------------------------------------------


@pytest.mark.parametrize(("heading", "level"), [("Good to know", 3), ("", 2)])
def test_a_question_is_a_heading_below_that_of_its_block(heading: str, level: int) -> None:
    questions = [{"question": "Why?", "answer": "<p>Because.</p>"}]
    html = draw("faq", {"heading": heading, "questions": questions})
    assert f'<h{level} class="faq-block__question">Why?</h{level}>' in html
    assert "<details" in html
    assert "<p>Because.</p>" in html


def test_search_engines_are_told_the_questions() -> None:
    block = block_of("faq")
    value = block.normalize({"questions": [{"question": "Why?", "answer": "<p>So.</p>"}]})
    [question] = value.structured_data()["mainEntity"]
    assert question["name"] == "Why?"
    assert question["acceptedAnswer"]["text"] == "<p>So.</p>"


# --- Icons ------------------------------------------------------------------------------------


def test_every_icon_that_can_be_chosen_is_drawn() -> None:
    symbols = (BASE_DIR / "static/img/icons.svg").read_text()
    for name, _label in ICONS:
        assert f'id="{name}"' in symbols


# --- Tiles ------------------------------------------------------------------------------------


def test_a_tile_shows_the_cover_of_its_page_unless_it_has_a_picture() -> None:
    story = StoryPage(title="Kettles", slug="kettles", cover=make_image(), cover_alt="A kettle")
    StoryIndexPage.objects.get().add_child(instance=story)
    own = {"page": story, "title": "Iron", "picture": picture("Iron kettle")}
    html = draw("collection_tiles", {"heading": "", "tiles": [{"page": story}, own]})
    assert 'href="/stories/kettles/"' in html
    assert "Iron <svg" in html
    assert html.count("<picture>") == 2


def test_a_page_that_shoppers_cannot_see_has_no_tile() -> None:
    page = LandingIndexPage.objects.get()
    page.live = False
    page.save()
    assert draw("collection_tiles", {"heading": "Look", "tiles": [{"page": page}]}) == ""


def test_tiles_cost_the_same_for_two_and_for_twelve() -> None:
    counts = []
    for number in (2, 12):
        pages = []
        for which in range(number):
            story = StoryPage(title=f"S{number}-{which}", cover=make_image())
            StoryIndexPage.objects.get().add_child(instance=story)
            pages.append({"page": story})
        value = {"heading": "", "tiles": pages}
        draw("collection_tiles", value)  # Makes the renditions.
        with CaptureQueriesContext(connection) as queries:
            draw("collection_tiles", value)
        asked = [q for q in queries if "rendition" not in q["sql"]]
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 5


# --- Countdown --------------------------------------------------------------------------------


def countdown(**changes: object) -> dict:
    value = {"heading": "Spring firing", "text": "", "ends_at": NOON, "link": NO_LINK}
    return {**value, "over_text": "", **changes}


def test_a_countdown_says_in_words_when_it_ends() -> None:
    with time_machine.travel(NOON - timedelta(hours=1), tick=False):
        html = draw("countdown", countdown())
    assert '<time datetime="2027-03-01T12:00:00+00:00">1 March 2027, 12:00 UTC</time>' in html
    assert '<count-down end="2027-03-01T12:00:00+00:00">' in html


def test_a_countdown_draws_the_same_bytes_at_any_time_before_its_end() -> None:
    seen = set()
    for hours in (1, 5, 200):
        with time_machine.travel(NOON - timedelta(hours=hours), tick=False):
            seen.add(draw("countdown", countdown(over_text="Over.")))
    assert len(seen) == 1


def test_after_its_end_a_countdown_shows_the_words_for_that_or_nothing() -> None:
    with time_machine.travel(NOON, tick=False):
        html = draw("countdown", countdown(over_text="The kiln is empty."))
        assert "The kiln is empty." in html
        assert "Spring firing" not in html
        assert "<script" not in html
        assert draw("countdown", countdown()) == ""
        assert "it is over" in draw("countdown", countdown(), is_preview=True)


def test_a_countdown_needs_an_end() -> None:
    assert errors_of("countdown", countdown(ends_at=None)) == {"ends_at": "Say when it ends."}


# --- Video ------------------------------------------------------------------------------------


def video(**changes: object) -> dict:
    value = {"title": "Throwing a mug", "poster": picture(), "file": None, "captions": None}
    return {**value, "address": "", "caption": "", **changes}


def test_a_video_of_the_library_plays_with_its_captions() -> None:
    file, captions = document("mug.mp4"), document("mug.vtt")
    html = draw("video", video(file=file, captions=captions))
    assert f'<source src="{file.url}" type="video/mp4">' in html
    assert f'src="{captions.url}"' in html
    assert 'preload="none"' in html
    assert 'aria-label="Throwing a mug"' in html


def test_a_video_elsewhere_is_a_link_and_asks_nothing_of_that_site() -> None:
    html = draw("video", video(address="https://www.youtube.com/watch?v=x"))
    assert 'href="https://www.youtube.com/watch?v=x"' in html
    assert "Watch on youtube.com" in html
    assert html.count("youtube.com") == 2
    assert "<iframe" not in html
    assert "<script" not in html


def test_a_video_is_either_a_file_or_an_address() -> None:
    both = "Choose a file or enter an address, not both."
    assert errors_of("video", video()) == {"file": both, "address": both}
    mixed = video(file=document("a.mp4"), address="https://example.com/")
    assert errors_of("video", mixed) == {"file": both, "address": both}
    assert errors_of("video", video(file=document("a.webm"))) == {}


def test_files_that_do_not_play_are_refused() -> None:
    wrong = video(file=document("a.pdf"), captions=document("a.txt"))
    assert errors_of("video", wrong) == {
        "file": "Browsers show mp4 and webm files.",
        "captions": "Captions are a vtt file.",
    }


# --- Gallery ----------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["grid", "row", "mosaic"])
def test_a_picture_of_a_gallery_leads_to_itself_in_large(layout: str) -> None:
    pictures = [{"picture": picture(), "caption": "Glaze & ash"}, {"picture": picture()}]
    html = draw("gallery", {"heading": "", "layout": layout, "pictures": pictures})
    assert f"gallery-block--{layout}" in html
    assert html.count("data-large") == 2
    assert 'data-caption="Glaze &amp; ash"' in html
    assert ".webp" in html.split('href="')[1].split('"')[0]


def test_a_gallery_from_before_there_were_layouts_is_a_grid() -> None:
    block = block_of("gallery")
    stored = block.get_prep_value(block.normalize({"heading": "", "pictures": []}))
    del stored["layout"]
    assert block.to_python(stored)["layout"] == "grid"


# --- How-to -----------------------------------------------------------------------------------


def how_to(*ingredients: dict, **changes: object) -> dict:
    steps = [{"heading": "Sift", "text": "<p>Through a <b>fine</b> sieve.</p>", "picture": None}]
    value = {"heading": "Matcha", "intro": "", "makes": "one bowl", "minutes": 3, "steps": steps}
    return {**value, "ingredients": list(ingredients), **changes}


def need(name: str, amount: str = "", product: object = None) -> dict:
    return {"amount": amount, "name": name, "product": product}


def test_an_ingredient_of_the_shop_shows_what_it_costs_now() -> None:
    tin = make_product_page("Matcha Tin", price="18.50")
    html = draw("how_to", how_to(need("matcha", "2 g", tin), need("water", "70 ml")))
    assert "€18.50" in html
    assert f'href="{tin.url}"' in html
    assert "In stock" in html
    variant = tin.product.variants.get()
    variant.price = 21
    variant.save()
    assert "€21.00" in draw("how_to", how_to(need("matcha", "2 g", tin)))


def test_an_ingredient_that_shoppers_cannot_see_is_only_its_name() -> None:
    draft = make_product_page("Secret Tin", live=False)
    html = draw("how_to", how_to(need("matcha", "2 g", draft)))
    assert '<span class="how-to-block__name">matcha</span>' in html
    assert "Secret" not in html


def test_ingredients_cost_the_same_for_two_and_for_twenty() -> None:
    pages = [make_product_page(f"Tin {number}") for number in range(20)]
    draw_stream(("how_to", how_to(need("tin", "1", pages[0]))))  # Finds where the site begins.
    counts = []
    for number in (2, 20):
        value = how_to(*(need("tin", "1", page) for page in pages[:number]))
        with CaptureQueriesContext(connection) as queries:
            assert f"Tin {number - 1}" in draw_stream(("how_to", value))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_how_to_says_in_plain_words_what_search_engines_may_be_told() -> None:
    value = block_of("how_to").normalize(how_to(need("matcha", "2 g"), need("whisk")))
    assert value.is_recipe
    assert value.duration == "PT3M"
    assert value.needs == ["2 g matcha", "whisk"]
    told = value.structured_data()
    assert told is not None
    assert (told["@type"], told["totalTime"]) == ("Recipe", value.duration)
    assert told["recipeIngredient"] == value.needs
    assert [step["name"] for step in told["recipeInstructions"]] == [
        one.name for one in value.instructions
    ]
    assert [(one.name, one.text) for one in value.instructions] == [
        ("Sift", "Through a fine sieve.")
    ]


@pytest.mark.parametrize(("kind", "words"), [("recipe", "Ingredients"), ("how_to", "You need")])
def test_what_it_takes_is_called_by_its_kind(kind: str, words: str) -> None:
    assert words in draw("how_to", how_to(need("water"), kind=kind))


# --- Related stories --------------------------------------------------------------------------


def story(title: str, *tags: str, live: bool = True) -> StoryPage:
    page = StoryPage(title=title, live=live)
    StoryIndexPage.objects.get().add_child(instance=page)
    page.tags.add(*tags)
    page.save()
    if live:
        page.save_revision().publish()
    return page


def titles(html: str) -> list[str]:
    return [part.split(">")[1].split("<")[0] for part in html.split("story-card__link")[1:]]


def related(*picked: StoryPage, **changes: object) -> dict:
    value = {"heading": "Read on", "stories": list(picked), "fill_up_to": 3, "tag": ""}
    return {**value, "more_link": NO_LINK, **changes}


def test_picked_stories_come_first_and_the_newest_fill_up() -> None:
    one, _two, three = story("One"), story("Two"), story("Three")
    assert titles(draw("related_stories", related(one))) == ["One", "Three", "Two"]
    assert titles(draw("related_stories", related(one, fill_up_to=0))) == ["One"]
    assert titles(draw("related_stories", related(), page=three)) == ["Two", "One"]


def test_only_stories_of_the_tag_fill_up() -> None:
    story("One", "tea"), story("Two", "Clay"), story("Three", "tea")
    assert titles(draw("related_stories", related(tag="Tea"))) == ["Three", "One"]


def test_drafts_are_not_led_on_to() -> None:
    draft = story("Draft", live=False)
    assert draw("related_stories", related(draft)) == ""


def test_a_tag_that_there_is_not_is_refused() -> None:
    story("One", "tea")
    assert errors_of("related_stories", related(tag="coffee")) == {
        "tag": "There is no tag of this name."
    }
    assert errors_of("related_stories", related(tag="TEA")) == {}
