"""Text that came from outside, made safe for the place where it will be shown."""

import unicodedata

ELLIPSIS = "…"
ZERO_WIDTH_JOINER = "\u200d"

FORMULA_STARTS = frozenset("=+-@")
WHITESPACE_STARTS = frozenset("\t\r\n")

# Embeddings, overrides and isolates reorder what stands around them, so that a name can make a
# price or a file name read backwards. Plain direction marks (U+200E, U+200F, U+061C) affect
# nothing but themselves and belong to honest Arabic and Hebrew text.
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

CONTROL_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})


def has_control_characters(text: str, *, allow_newlines: bool = False) -> bool:
    """Tell whether `text` holds what no honest name or address has.

    That is control characters (NUL, CR, LF, escape codes), line separators, lone surrogates and
    bidirectional overrides. With `allow_newlines`, for notes of several lines, CR and LF pass.
    """
    allowed = "\r\n" if allow_newlines else ""
    return any(_is_control(character) and character not in allowed for character in text)


def plain_line(text: str, max_length: int) -> str:
    """Return `text` as one harmless line of at most `max_length` characters.

    For mail headers, file names and one-line fields. Line breaks and runs of white space become
    one space, control characters vanish, and a longer text ends with an ellipsis. Letters, accents,
    emoji and right-to-left text stay as they are.
    """
    spaced = "".join(" " if character.isspace() else character for character in text)
    line = " ".join(strip_control_characters(spaced).split())
    if len(line) <= max_length:
        return line
    # A joiner left without its second half would join the ellipsis.
    return line[: max(max_length - 1, 0)].rstrip(f" {ZERO_WIDTH_JOINER}") + ELLIPSIS[:max_length]


def shorten(text: str, max_length: int) -> str:
    """Return `text` as one harmless line that ends with a whole word, for people to read."""
    line = plain_line(text, max_length)
    is_cut = line.endswith(ELLIPSIS) and line != plain_line(text, max_length + 1)
    if not is_cut or " " not in line:
        return line
    return line[:-1].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + ELLIPSIS


def strip_control_characters(text: str, *, keep: str = "") -> str:
    """Return `text` without what `has_control_characters` finds, except for those in `keep`."""
    return "".join(
        character for character in text if character in keep or not _is_control(character)
    )


def safe_spreadsheet_cell(value: object) -> object:
    """Return `value` such that a spreadsheet shows it and never runs it as a formula.

    Text that begins like a formula gets a leading apostrophe, also behind white space, invisible
    characters or as a full-width sign, which Excel reads alike. Everything but text is returned
    as it is, so that numbers stay numbers.
    """
    if not isinstance(value, str):
        return value
    return f"'{value}" if _reads_as_formula(value) else value


def _reads_as_formula(text: str) -> bool:
    if text and text[0] in WHITESPACE_STARTS:
        return True
    for character in text:
        if character.isspace() or unicodedata.category(character) in {"Cc", "Cf"}:
            continue
        return unicodedata.normalize("NFKC", character) in FORMULA_STARTS
    return False


def _is_control(character: str) -> bool:
    return character in BIDI_CONTROLS or unicodedata.category(character) in CONTROL_CATEGORIES
