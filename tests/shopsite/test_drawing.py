"""Who publishes a page has its pictures made, so that nobody who reads it does."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from home.models import HomePage, LandingIndexPage, LandingPage, StoryIndexPage, StoryPage
from products.blocks import StoryStreamBlock
from products.models import ProductVariant
from shopsite.cms.models import ShopImage, ShopRendition
from shopsite.cms.preparing_pictures import draw_for_shoppers, prepare_pictures
from tests.factories import make_collection, make_image, make_product_page

pytestmark = pytest.mark.usefixtures("indexes")

SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def publish(page: object) -> None:
    page.save_revision().publish()  # type: ignore[attr-defined]


def publish_one_of_each() -> list[str]:
    """Pages of every type with every block, as an editor would; their addresses."""
    product = make_product_page("Mug", sku="MUG", picture=True)
    ProductVariant.objects.filter(sku="MUG").update(image=make_image("Variant"))
    publish(product)
    collection = make_collection(picks=[product], cover=make_image("Collection"))
    blocks = StoryStreamBlock().child_blocks.items()
    body = [(name, block.get_preview_value()) for name, block in blocks]
    story = StoryPage(
        title="A mug of tea", slug="a-mug-of-tea", body=body, cover=make_image("Story")
    )
    StoryIndexPage.objects.get().add_child(instance=story)
    publish(story)
    landing = LandingPage(title="Mug days", slug="mug-days", body=body)
    LandingIndexPage.objects.get().add_child(instance=landing)
    publish(landing)
    pages = (product, collection, story, landing)
    lists = ("/", "/shop/", "/collections/", "/stories/", "/campaigns/")
    return [*(page.get_url() for page in pages), *lists, "/search/?q=tea"]


@pytest.mark.django_db
@pytest.mark.parametrize("is_drawn", [True, False])
def test_the_first_visitor_of_a_published_page_makes_no_picture(
    site: HomePage, settings, django_capture_on_commit_callbacks, is_drawn: bool
) -> None:
    """Every page type, block, list, the search and the cart. The second case is the control:
    without the drawing the first visitor waits for pictures."""
    cache.clear()  # Wagtail keeps renditions there; those of the other case are gone.
    settings.DRAWS_WHEN_PUBLISHED = is_drawn
    with django_capture_on_commit_callbacks(execute=True):
        addresses = publish_one_of_each()
    made = set(ShopRendition.objects.values_list("image_id", "filter_spec"))
    client = Client()
    shown = ""
    for address in addresses:
        shown += client.get(address).content.decode()
    client.post("/cart/add/", {"sku": "MUG", "quantity": "1"}, **SAME_ORIGIN)
    cart = client.get("/cart/").content.decode()
    later = set(ShopRendition.objects.values_list("image_id", "filter_spec")) - made
    assert (not later) is is_drawn, later
    for css in ("story-card__", "collection-card__", "search-page__", "product-card__", "hero-"):
        assert f'class="{css}' in shown, css
    assert 'class="cart-line__image"' in cart


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_cache")
def test_a_product_further_down_the_list_is_ready_for_the_list_and_the_cart(
    site: HomePage, settings
) -> None:
    """It does not stand on the page that is drawn."""
    page = make_product_page("Mug", picture=True)
    settings.DRAWS_WHEN_PUBLISHED = True
    draw_for_shoppers(page.pk)
    specs = set(ShopRendition.objects.values_list("filter_spec", flat=True))
    assert {"format-avif|fill-400x500", "format-avif|fill-160x200"} <= specs


@pytest.mark.django_db
def test_a_page_that_was_unpublished_meanwhile_is_not_drawn(site: HomePage, settings) -> None:
    page = make_product_page("Mug", picture=True, live=False)
    settings.DRAWS_WHEN_PUBLISHED = True
    draw_for_shoppers(page.pk)
    assert not ShopRendition.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_cache")
def test_the_nightly_job_catches_up_with_formats_and_colors(site: HomePage, settings) -> None:
    page = make_product_page("Mug", picture=True)
    settings.DRAWS_WHEN_PUBLISHED = True
    prepare_pictures(page.pk)
    draw_for_shoppers(page.pk)
    ShopRendition.objects.filter(filter_spec__startswith="format-avif").delete()
    ShopImage.objects.update(dominant_color="")
    cache.clear()
    call_command("prepare_pictures", verbosity=0)
    assert ShopRendition.objects.filter(filter_spec__startswith="format-avif").exists()
    assert ShopImage.objects.get().dominant_color == "#d1b48c"  # As JPEG has "tan".
