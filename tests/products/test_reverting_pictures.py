"""Going back to a version whose pictures were deleted since."""

import pytest
from django.test import Client

from home.models import HomePage
from products.models import ProductPage, ProductPagePicture
from tests.factories import make_user
from tests.products.editor import editor_form, publish, revert_url
from tests.products.makers import make_draft


@pytest.fixture
def page_without_its_picture(site: HomePage, client: Client) -> ProductPage:
    """A page that was published with a picture, and then again without it."""
    client.force_login(make_user("root", is_superuser=True))
    page = make_draft()
    publish(client, page)
    publish(client, page, **{"pictures-0-DELETE": "on"})
    page.refresh_from_db()
    assert not ProductPagePicture.objects.filter(page=page).exists()
    return page


def pictures(page: ProductPage) -> list[str]:
    return list(ProductPagePicture.objects.filter(page=page).values_list("alt_text", flat=True))


def test_the_editor_brings_the_picture_back(
    page_without_its_picture: ProductPage, client: Client
) -> None:
    page = page_without_its_picture
    url = revert_url(page.revisions.order_by("pk")[1])
    response = client.post(url, editor_form(client, url, **{"action-publish": "1"}))
    assert response.status_code == 302, response.context["form"].formsets["pictures"].errors
    assert pictures(page) == ["A mug on a table"]


def test_publishing_the_old_revision_brings_the_picture_back(
    page_without_its_picture: ProductPage,
) -> None:
    page = page_without_its_picture
    page.revisions.order_by("pk")[1].publish()
    assert pictures(page) == ["A mug on a table"]


def test_a_picture_that_is_still_there_keeps_its_row(site: HomePage) -> None:
    page = make_draft()
    kept = ProductPagePicture.objects.get()
    page.latest_revision.publish()
    assert ProductPagePicture.objects.get() == kept
