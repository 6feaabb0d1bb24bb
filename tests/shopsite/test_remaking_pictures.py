"""A picture that is changed in the admin is ready in all its sizes before the next visit."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image

from home.models import HomePage
from shopsite.cms.models import SharePicture, ShopImage, ShopRendition
from shopsite.cms.preparing_pictures import draw_for_shoppers, prepare_pictures
from tests.factories import make_product_page, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes")]


@pytest.fixture(autouse=True)
def empty_store(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    settings.DRAWS_WHEN_PUBLISHED = True
    cache.clear()


@pytest.fixture
def image(site: HomePage) -> ShopImage:
    """Shown by a live page whose pictures are made."""
    page = make_product_page("Mug", picture=True)
    prepare_pictures(page.pk)
    draw_for_shoppers(page.pk)
    return ShopImage.objects.get()


def move_focus(image: ShopImage) -> None:
    """To a corner."""
    image.focal_point_x, image.focal_point_y = 10, 12
    image.focal_point_width, image.focal_point_height = 8, 8
    image.save()


def visit() -> str:
    return "".join(Client().get(path).content.decode() for path in ("/shop/mug/", "/shop/"))


def test_a_moved_focal_point_cuts_every_size_anew_before_the_next_visit(
    image: ShopImage, django_capture_on_commit_callbacks
) -> None:
    before = visit()
    cut = ShopRendition.objects.filter(filter_spec__contains="fill")
    specs, old = (list(cut.values_list(field, flat=True)) for field in ("filter_spec", "file"))
    assert len(specs) > 5
    assert any(name in before for name in old)
    with django_capture_on_commit_callbacks(execute=True):
        move_focus(image)
    made = ShopRendition.objects.count()
    assert sorted(cut.exclude(file__in=old).values_list("filter_spec", flat=True)) == sorted(specs)
    after = visit()
    assert not any(name in after for name in old)
    assert ShopRendition.objects.count() == made


def test_without_the_job_the_visitor_makes_them(image: ShopImage) -> None:
    """The control."""
    move_focus(image)
    made = ShopRendition.objects.count()
    visit()
    assert ShopRendition.objects.count() > made


def test_the_picture_of_a_shared_link_is_drawn_anew(
    image: ShopImage, django_capture_on_commit_callbacks
) -> None:
    digest = SharePicture.objects.get().digest
    with django_capture_on_commit_callbacks(execute=True):
        move_focus(image)
    assert SharePicture.objects.get().digest != digest


def test_a_replaced_file_is_ready_in_every_size_that_its_page_shows(
    image: ShopImage, client: Client, django_capture_on_commit_callbacks
) -> None:
    client.force_login(make_user("boss", is_superuser=True))
    buffer = BytesIO()
    Image.new("RGB", (90, 90), "navy").save(buffer, "JPEG")
    file = ImageFile(buffer, name="other.jpg")
    buffer.seek(0)
    data = {"title": "Mug", "file": file, "collection": image.collection_id}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/admin/images/{image.pk}/", data)
    image.refresh_from_db()
    assert image.dominant_color == "#010080"  # As JPEG has "navy".
    made = ShopRendition.objects.count()
    assert made > 5
    Client().get("/shop/mug/")
    assert ShopRendition.objects.count() == made


def test_a_new_picture_starts_no_work(django_capture_on_commit_callbacks, site: HomePage) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_product_page("Mug", picture=True, live=False)
    assert not ShopRendition.objects.exists()
