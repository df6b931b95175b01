"""The versions of an article. The reader's marks are on the newest, whichever of them is open."""

import json
from collections.abc import Collection
from typing import Any, Final

import apsw

NEWEST: Final = "coalesce(articles.replaced_by, articles.id)"
"""Gives the newest version of a row of ``articles``; no chain is to be followed, for all older ones lead to it."""

_NEWEST_OF: Final = (
    f"SELECT {NEWEST} FROM json_each(?) AS wanted JOIN articles ON articles.id = wanted.value "  # noqa: S608 -- ours
    "ORDER BY wanted.key"
)


def newest_of(connection: apsw.Connection, article_ids: Collection[str]) -> list[str]:
    """Give the newest versions of some articles, each once, in their order. Articles that are gone are left out.

    A sync may replace what the reader has open, so what is to be marked is looked up in the transaction that marks it.
    """
    rows: list[Any] = connection.execute(_NEWEST_OF, (json.dumps(list(article_ids)),)).fetchall()
    return list(dict.fromkeys(str(article_id) for (article_id,) in rows))
