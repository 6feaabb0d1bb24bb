"""Where a line of an order was added, in plain ids that outlive what they name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LineSource:
    """The page that was shown, by the name it had, in the version that was read, and the block of
    it whose form was sent. Without a block it was the form of the page itself."""

    page_id: int
    page_title: str
    revision_id: int | None = None
    block_id: str | None = None
