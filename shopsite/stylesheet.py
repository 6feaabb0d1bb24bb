"""The stylesheets of a browser, written from the many small files of `static/css/`."""

import re
from pathlib import Path

STYLESHEET = "css/site.css"
ORDER_STYLESHEET = "css/order.css"  # Of the checkout and of an order's page, beside the other.
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENTATION = re.compile(r"\s*\n\s*")
BEFORE_A_VALUE = re.compile(r"^([\w-]+): ", re.MULTILINE)
AFTER_A_MARK = re.compile(r"(?<=[;{}])\n|\n(?=})")


def flatten(entry: Path) -> str:
    """The text of a stylesheet with each imported part in its layer, in the order of the imports.

    Comments and white space are a fifth of what would travel, and nothing is painted before all of
    it has arrived, so they stay behind. A part that names another file (a font) must stand in the
    entry's own folder, because relative addresses are left as they are.
    """

    def part(match: re.Match[str]) -> str:
        text = (entry.parent / match[1]).read_text(encoding="utf-8")
        return f"@layer {match[2]} {{\n{text}}}\n"

    text = IMPORT.sub(part, entry.read_text(encoding="utf-8"))
    text = INDENTATION.sub("\n", COMMENT.sub("", text)).lstrip()
    return AFTER_A_MARK.sub("", BEFORE_A_VALUE.sub(r"\1:", text))
