"""Who publishes a page has its pictures made, so that nobody who reads it does."""

import pytest
from django.core.cache import cache
from django.test import Client

from home.models import HomePage
from shopsite.cms.models import ShopRendition
from shopsite.cms.preparing_pictures import draw_for_shoppers
from tests.factories import make_product_page


@pytest.mark.django_db
@pytest.mark.parametrize("is_drawn", [True, False])
def test_the_first_visitor_of_a_published_page_makes_no_picture(
    site: HomePage, settings, django_capture_on_commit_callbacks, is_drawn: bool
) -> None:
    """The second case is the control: without the drawing the first visitor waits for pictures."""
    cache.clear()  # Wagtail keeps renditions there; those of the other case are gone.
    settings.DRAWS_WHEN_PUBLISHED = is_drawn
    with django_capture_on_commit_callbacks(execute=True):
        page = make_product_page("Mug", picture=True)
    before = ShopRendition.objects.count()
    for url in (page.url, "/shop/", "/"):
        assert Client().get(url).status_code == 200
    assert (ShopRendition.objects.count() == before) is is_drawn
    assert ShopRendition.objects.count() > 0


@pytest.mark.django_db
def test_a_page_that_was_unpublished_meanwhile_is_not_drawn(site: HomePage, settings) -> None:
    page = make_product_page("Mug", picture=True, live=False)
    settings.DRAWS_WHEN_PUBLISHED = True
    draw_for_shoppers(page.pk)
    assert not ShopRendition.objects.exists()
