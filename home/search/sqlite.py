"""Full text search with SQLite's FTS5, over the table that Wagtail keeps."""

from collections.abc import Sequence

from django.db import connection
from wagtail.models import Page
from wagtail.search.models import IndexEntry

# Of the columns autocomplete, body and title: a word of the title says ten times as much.
SQL = """
    SELECT page.id, entry.content_type_id, -hit.score
    FROM (
        SELECT rowid, bm25({fts}, 0.0, 1.0, 10.0) AS score FROM {fts} WHERE {fts} MATCH %s
    ) AS hit
    JOIN {entries} AS entry ON entry.id = hit.rowid
    JOIN {pages} AS page ON page.id = CAST(entry.object_id AS INTEGER)
    WHERE page.live AND entry.content_type_id IN ({types})
    ORDER BY hit.score, page.id DESC
    LIMIT %s
"""


def find(
    words: Sequence[str], content_type_ids: Sequence[int], *, is_prefix: bool, limit: int
) -> list[tuple[int, int, float]]:
    entries = IndexEntry._meta.db_table
    sql = SQL.format(
        fts=f"{entries}_fts",
        entries=entries,
        pages=Page._meta.db_table,
        types=", ".join(["%s"] * len(content_type_ids)),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [_expression(words, is_prefix=is_prefix), *content_type_ids, limit])
        return cursor.fetchall()


def _expression(words: Sequence[str], *, is_prefix: bool) -> str:
    """FTS5's own language. The words are letters and digits only, so that quotes make them safe."""
    terms = [f'"{word}"' for word in words]
    if is_prefix:
        return "{title} : (" + " AND ".join([*terms[:-1], f"{terms[-1]} *"]) + ")"
    return "{title body} : (" + " AND ".join(terms) + ")"
