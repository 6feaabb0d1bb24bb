"""Full text search with PostgreSQL, over the table that Wagtail keeps.

The condition is written as home's migration indexes it; otherwise the whole table is read.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db import connection
from wagtail.models import Page
from wagtail.search.models import IndexEntry

SQL = """
    SELECT page.id, hit.content_type_id, hit.score
    FROM (
        SELECT entry.object_id, entry.content_type_id,
            ts_rank(entry.title, query) * 10 + ts_rank(entry.body, query) AS score
        FROM {entries} AS entry, {query} AS query
        WHERE {vector} @@ query AND entry.content_type_id IN ({types})
        ORDER BY score DESC LIMIT %s
    ) AS hit
    JOIN {pages} AS page ON page.id = hit.object_id::integer
    WHERE page.live
    ORDER BY hit.score DESC, page.id DESC
"""


def find(
    words: Sequence[str], content_type_ids: Sequence[int], *, is_prefix: bool, limit: int
) -> list[tuple[int, int, float]]:
    sql = SQL.format(
        entries=IndexEntry._meta.db_table,
        pages=Page._meta.db_table,
        # Titles are indexed as they stand for what is being typed, and by their stems otherwise.
        query="to_tsquery('simple', %s)" if is_prefix else _by_stems(),
        vector="entry.autocomplete" if is_prefix else "(entry.title || entry.body)",
        types=", ".join(["%s"] * len(content_type_ids)),
    )
    typed = _prefixed(words) if is_prefix else " ".join(words)
    config = [] if is_prefix or not _config() else [_config()]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*config, typed, *content_type_ids, limit])
        return cursor.fetchall()


def _by_stems() -> str:
    return "plainto_tsquery(%s::regconfig, %s)" if _config() else "plainto_tsquery(%s)"


def _config() -> str:
    """Of the dictionary, as Wagtail's backend is told to use it; empty for the database's own."""
    return str(settings.WAGTAILSEARCH_BACKENDS["default"].get("SEARCH_CONFIG", ""))


def _prefixed(words: Sequence[str]) -> str:
    """PostgreSQL's own language. The words are letters and digits only: quotes make them safe."""
    terms = [f"'{word}'" for word in words]
    return " & ".join([*terms[:-1], f"{terms[-1]}:*"])
