from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopsite.lib.text import (
    has_control_characters,
    plain_line,
    safe_spreadsheet_cell,
    shorten,
)
from shopsite.lib.tokens import TOKEN_LENGTH, make_token


@pytest.mark.parametrize(
    "value",
    [
        "=HYPERLINK(1)",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\tplain",
        "\rplain",
        "\nplain",
        "  =1",
        "\u00a0=1",
        "\u200b=1",
        "\ufeff=1",
        "＝1",
        "＋1",
        "﹣1",
        "＠x",
        "=",
    ],
)
def test_text_that_begins_like_a_formula_is_defused(value: str) -> None:
    assert safe_spreadsheet_cell(value) == "'" + value


@pytest.mark.parametrize(
    "value", ["", " ", "Ada", "1-2", "a=b", "'quoted", "ada@example.com", "東京", "−5"]
)
def test_other_text_stays_as_it_is(value: str) -> None:
    assert safe_spreadsheet_cell(value) == value


@pytest.mark.parametrize("value", [-5, Decimal("-1.50"), None, True])
def test_what_is_not_text_stays_as_it_is(value: object) -> None:
    assert safe_spreadsheet_cell(value) is value


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ada\r\nBcc: eve@example.com", "Ada Bcc: eve@example.com"),
        ("  two \t  words ", "two words"),
        ("nul\x00l", "null"),
        ("esc\x1b[31m", "esc[31m"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("\ud800x", "x"),
        ("👩‍🚀 Zoë", "👩‍🚀 Zoë"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("", ""),
    ],
)
def test_a_line_keeps_the_words_and_loses_the_tricks(text: str, line: str) -> None:
    assert plain_line(text, 100) == line


@pytest.mark.parametrize(
    ("text", "max_length", "line"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdefg", 6, "abcde…"),
        ("abcd efg", 6, "abcd…"),
        ("ab👩‍🚀", 5, "ab👩‍🚀"),
        ("ab👩‍🚀c", 5, "ab👩…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_a_long_line_ends_with_an_ellipsis(text: str, max_length: int, line: str) -> None:
    assert plain_line(text, max_length) == line


@given(st.text(), st.integers(0, 50))
def test_a_line_is_always_short_and_harmless(text: str, max_length: int) -> None:
    line = plain_line(text, max_length)
    assert len(line) <= max_length
    assert not has_control_characters(line)
    assert plain_line(line, max_length) == line


@pytest.mark.parametrize(
    "text", ["a\x00", "a\r\nb", "a\tb", "\u202e", "\u2066", "\u2028", "\ud800"]
)
def test_control_characters_are_seen(text: str) -> None:
    assert has_control_characters(text)


@pytest.mark.parametrize("text", ["", "Ada Łovelace", "日本", "👩‍🚀", "\u200fשלום", "e\u0301"])
def test_honest_text_has_none(text: str) -> None:
    assert not has_control_characters(text)


def test_notes_may_have_line_breaks_but_nothing_worse() -> None:
    assert not has_control_characters("a\r\nb", allow_newlines=True)
    assert has_control_characters("a\r\n\x00", allow_newlines=True)


def test_tokens_are_long_unlike_and_safe_in_a_url() -> None:
    tokens = {make_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) == TOKEN_LENGTH for token in tokens)
    assert all(token.replace("-", "").replace("_", "").isalnum() for token in tokens)


@pytest.mark.parametrize(
    ("text", "shortened"),
    [
        ("Ten quiet minutes", "Ten quiet minutes"),
        ("Ten quiet\nminutes", "Ten quiet minutes"),
        ("Ten quiet minutes, daily", "Ten quiet…"),
        ("Ten quiet, slow minutes", "Ten quiet…"),
        ("And then we waited…", "And then we…"),
        ("And then we wait…", "And then we wait…"),
        ("Donaudampfschifffahrt", "Donaudampfschiff…"),
        ("", ""),
    ],
)
def test_a_shortened_text_ends_with_a_whole_word(text: str, shortened: str) -> None:
    assert shorten(text, 17) == shortened
