"""What people read goes through gettext, and the layout knows no left and no right."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from django.template.base import Lexer, TokenType

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
LAYERS = ("shopsite", "products", "orders", "customers", "checkout", "home")
# For those who build the shop, in English like the code; and the demo's own content.
NOT_FOR_SHOPPERS = ("styleguide", "demo", "management", "migrations", "settings")
WORD = re.compile(r"[A-Za-z]{2,}")
READ_ALOUD = {"alt", "title", "aria-label", "placeholder", "label", "summary"}
NOT_READ = {"script", "style", "code", "kbd"}
# The same in every language.
NAMES = {"Stripe", "HTML", "SKU", "GTIN", "CSV", "ltr", "rtl"}
HOLE = "\x00"  # Where a tag or a variable stands.
LEVEL = re.compile(rf"(</?h)[{HOLE}0-9]+")  # Of a heading, which its surroundings decide.
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
    r"(?:-\w+)?|border-(?:top|bottom)-(?:left|right)-radius|left|right|top|bottom"
    r"|(?:min-|max-)?(?:width|height))\s*:"
    r"|(?<![\w-])(?:text-align|float|clear)\s*:\s*(?:left|right)"
)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NOT_READ:
            self._inside.append(tag)
        self.found += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.found.append(data)


def literal_text(source: str) -> str:
    """A template without what Django fills in, and without what is translated or a comment."""
    text, skipping = "", ""
    for token in Lexer(source).tokenize():
        name = token.contents.split(" ", 1)[0] if token.token_type == TokenType.BLOCK else ""
        if skipping:
            skipping = "" if name == f"end{skipping}" else skipping
        elif name in ("blocktranslate", "blocktrans", "comment"):
            skipping = name
            text += HOLE
        else:
            text += token.contents if token.token_type == TokenType.TEXT else HOLE
    return LEVEL.sub(r"\g<1>2", text)


def raw_words(source: str) -> list[str]:
    parser = _Words()
    parser.feed(literal_text(source))
    texts = (text.replace(HOLE, " ") for text in parser.found)
    return [word for text in texts for word in WORD.findall(text) if word not in NAMES]


def test_the_walk_finds_what_is_not_translated() -> None:
    """The control."""
    source = '<p title="Old">New {{ x }}</p>{% translate "Fine" %}{# no #}<script>let a</script>'
    assert raw_words(source) == ["Old", "New"]
    assert raw_words("{% blocktranslate %}Fine {{ x }}{% endblocktranslate %}<b>{{ y }}</b>") == []
    assert raw_words('<a href="/shop/" class="button">{% comment %} no {% endcomment %}</a>') == []


def test_templates_hold_no_words_of_their_own() -> None:
    found = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = str(path.relative_to(TEMPLATES))
        if not name.startswith(("styleguide/",)) and (words := raw_words(path.read_text())):
            found[name] = words
    assert found == {}


def raw_sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Literals that a person is shown as they stand: labels and helps, messages and errors."""
    shown = {"label", "help_text", "verbose_name", "verbose_name_plural", "heading", "description"}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        literals = [keyword.value for keyword in node.keywords if keyword.arg in shown]
        if name.startswith("messages.") and len(node.args) > 1:
            literals.append(node.args[1])
        if name.endswith("ValidationError") and node.args:
            literals.append(node.args[0])
        for literal in literals:
            is_text = isinstance(literal, ast.Constant) and isinstance(literal.value, str)
            if isinstance(literal, ast.JoinedStr) or (is_text and WORD.search(literal.value)):
                yield node.lineno, ast.unparse(literal)


def test_python_holds_no_words_that_are_shown_as_they_stand() -> None:
    control = 'x = Field(label="Old", help_text=_("Fine"))\nmessages.error(request, f"No {x}")'
    assert [line for line, _text in raw_sentences(ast.parse(control))] == [1, 2]
    found = []
    for layer in LAYERS:
        for path in sorted((ROOT / layer).rglob("*.py")):
            if set(path.relative_to(ROOT).parts) & set(NOT_FOR_SHOPPERS):
                continue
            tree = ast.parse(path.read_text())
            found += [
                f"{path.relative_to(ROOT)}:{line} {text}" for line, text in raw_sentences(tree)
            ]
    assert found == []


def test_the_stylesheets_know_no_left_and_no_right() -> None:
    assert PHYSICAL.search("margin-left: 1rem")
    assert PHYSICAL.search("text-align: right")
    assert not PHYSICAL.search("margin-inline-start: 1rem; border-block-start: 0")
    found = []
    for path in sorted((ROOT / "static" / "css").rglob("*.css")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        text = re.sub(r"@(?:media|container|supports)[^{]*{", "", text)
        lines = [line.strip() for line in text.splitlines() if PHYSICAL.search(line)]
        found += [f"{path.name}: {line}" for line in lines]
    assert found == []
