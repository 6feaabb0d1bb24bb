"""What people of the shop do in the admin, by the words they see there."""

import re
from io import BytesIO

from PIL import Image
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.built_shop import ROOT


def sign_in(page: Page, person: str) -> None:
    """As one of the demo's people, whose passwords are their names."""
    page.goto("/admin/")
    page.get_by_role("textbox", name="Username").fill(person)
    page.get_by_role("textbox", name="Password").fill(person)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation", name="Main menu")).to_be_visible()


def choose_from_menu(page: Page, *names: str) -> None:
    """Opens submenus one after the other; the last name is a link."""
    menu = page.get_by_role("navigation", name="Main menu")
    for name in names[:-1]:
        menu.get_by_role("button", name=name).click()
    menu.get_by_role("link", name=names[-1], exact=True).click()


def add_block(story: Locator, name: str) -> Locator:
    """At the end of a story or of a landing page; returns the new block."""
    story.get_by_role("button", name="Insert a block").last.click()
    story.page.get_by_role("option", name=re.compile(f"^{name}")).click()
    return story.get_by_role("region", name=re.compile(f"^{name}")).last


def write_text(block: Locator, text: str) -> None:
    block.get_by_role("textbox").first.click()
    block.page.keyboard.type(text)


def choose_product(block: Locator, title: str) -> None:
    dialog = open_product_chooser(block)
    dialog.get_by_label("Name or SKU").fill(title)
    link = dialog.get_by_role("link", name=title)
    expect(link).to_be_visible()
    link.click()
    expect(dialog).to_be_hidden()
    expect(block.get_by_text(title).first).to_be_visible()


def open_product_chooser(block: Locator) -> Locator:
    button = block.get_by_role("button", name="Choose a product")
    dialog = block.page.get_by_role("dialog")
    heading = dialog.get_by_role("heading", name="Choose a product")
    button.click()
    try:
        expect(heading).to_be_visible(timeout=10_000)
    except AssertionError:
        # A form that moves while it saves itself can swallow a press; a person presses again.
        button.click()
        expect(heading).to_be_visible()
    return dialog


def upload_picture(page: Page, name: str) -> None:
    """Into the library and into the form that the chooser was opened from."""
    page.get_by_role("button", name="Choose an image").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Upload").click()
    upload = {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": make_picture(name)}
    dialog.get_by_label("File").set_input_files(upload)
    expect(dialog.get_by_label("Title")).to_have_value(name)  # Wagtail takes it from the file.
    dialog.get_by_role("button", name="Upload").click()
    expect(dialog).to_be_hidden()


def make_picture(name: str) -> bytes:
    """A picture that the library does not have: it asks what to do with a file it has seen."""
    buffer = BytesIO()
    with Image.open(ROOT / "home" / "demo" / "images" / "linen-towel-sage.jpg") as picture:
        picture.resize((480, 600)).save(buffer, "JPEG", comment=name.encode())
    return buffer.getvalue()


def publish(page: Page, title: str) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="published")).to_contain_text(title)


def add_item(block: Locator, name: str) -> Locator:
    """At the end of a list within a block, such as the products of a basket."""
    items = block.get_by_role("region", name=re.compile(f"^{name}"))
    before = items.count()
    block.get_by_role("button", name="Add", exact=True).last.click()
    expect(items).to_have_count(before + 1)
    return items.last


def choose_fallback(product: Locator, name: str) -> None:
    """What to do when the product cannot be bought; the fields for it are folded away."""
    section = product.get_by_role("region", name=re.compile("^When it cannot be bought"))
    section.get_by_role("button", name="Toggle section").click()
    section.get_by_label("Then").select_option(label=name)


def preview_as(page: Page, mode: str) -> FrameLocator:
    """The open preview of a page that is saved; what it shows follows after a moment.

    Wagtail does not hear of another mode while it draws what was typed last."""
    page.get_by_label("Preview mode").select_option(label=mode)
    return page.frame_locator("#w-preview-iframe")


def save_draft(page: Page, title: str) -> None:
    page.get_by_role("button", name="Save draft").click()
    told = page.get_by_role("status").filter(has_text=re.compile("created|updated"))
    expect(told).to_contain_text(title)


def submit(page: Page, workflow: str, title: str) -> None:
    """To the workflow, from the page's editor."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=f"Submit to {workflow}").click()
    expect(page.get_by_role("status").filter(has_text="submitted")).to_contain_text(title)


def waiting_for_review(page: Page, title: str) -> Locator:
    """The row of this page on the admin's home, if it waits for this person."""
    waiting = page.get_by_role("region", name="Awaiting your review")
    return waiting.get_by_role("row").filter(has_text=title)


def approve_from_home(page: Page, title: str, task: str) -> None:
    """One step of a workflow, by the person whose turn it is; shows the admin's home anew."""
    page.goto("/admin/")
    row = waiting_for_review(page, title)
    state = row.locator(f'[data-w-tooltip-content-value^="{task}"]')
    expect(state).to_have_attribute("data-w-tooltip-content-value", f"{task}: In progress")
    row.get_by_role("button", name="Actions").click()
    with page.expect_navigation():
        row.get_by_role("button", name="Approve", exact=True).click()
