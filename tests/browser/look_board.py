"""The picture of "shop the look" in the editor, on which a person places products by hand."""

from playwright.sync_api import FloatRect, Locator, expect

from tests.browser.admin import upload_picture


def choose_look_picture(look: Locator, name: str) -> Locator:
    """Uploads a picture for the block; returns it as it is shown to place products on."""
    upload_picture(look.page, name)
    look.get_by_label("Alt text").fill("A towel on a table.")
    image = look.locator(".look-board__image")
    expect(image).to_be_visible()
    return image


def marker(look: Locator, number: int) -> Locator:
    """The number on the picture."""
    return look.get_by_role("button", name=f"Product {number} on the picture")


def click_on(image: Locator, x: float, y: float) -> None:
    """At a place in parts of the picture's width and height, which adds a product there."""
    image.scroll_into_view_if_needed()
    box = box_of(image)
    image.click(position={"x": box["width"] * x, "y": box["height"] * y})


def drag_to(handle: Locator, image: Locator, x: float, y: float) -> None:
    """Waits until both stand still and are not covered: the form around them moves as it saves."""
    box = box_of(image)
    handle.drag_to(image, target_position={"x": box["width"] * x, "y": box["height"] * y}, steps=4)


def expect_place(point: Locator, x: str, y: str) -> None:
    """What the number fields of a product say."""
    expect(point.get_by_label("From the left, in percent")).to_have_value(x)
    expect(point.get_by_label("From the top, in percent")).to_have_value(y)


def box_of(element: Locator) -> FloatRect:
    box = element.bounding_box()
    assert box is not None
    return box
