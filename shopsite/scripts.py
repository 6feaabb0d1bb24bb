"""The one script of a browser, written from the many small files of `static/js/`."""

import re
from pathlib import Path

SCRIPT = "js/site.js"
IMPORT = re.compile(r'import "\./([^"]+)";\n')


def join(entry: Path) -> str:
    """The text of a module with each imported one in its place, in the order of the imports.

    Each stands in a block of its own, so that what it declares stays its own. None of them may
    import or export anything.
    """

    def part(match: re.Match[str]) -> str:
        text = (entry.parent / match[1]).read_text(encoding="utf-8")
        return f"// {match[1]}\n{{\n{text}}}\n"

    return IMPORT.sub(part, entry.read_text(encoding="utf-8"))
