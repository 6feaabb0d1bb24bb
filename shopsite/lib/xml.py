"""XML for feeds: one element at a time, with nothing in it that XML does not allow. Pure."""

import re
from xml.sax.saxutils import escape

# What XML 1.0 has no way to write, not even as a reference: one of them makes a whole feed invalid.
NOT_ALLOWED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text without forbidden characters, not yet escaped."""
    return NOT_ALLOWED.sub("", text)


def element(name: str, text: str) -> str:
    return f"<{name}>{escape(xml_text(text))}</{name}>"
