"""Searches are kept by their names."""

from pathlib import Path

from library.store import Store
from models.listing import SavedSearch


def test_searches_are_kept_replaced_and_forgotten(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library.db") as store:
        store.searches.keep(SavedSearch(name="this\nweek", line="last:7\x1b"))
        store.searches.keep(SavedSearch(name="Bridges", line="bridge"))
        store.searches.keep(SavedSearch(name="Bridges", line="bridge*"))
        assert [(one.name, one.line.strip("�")) for one in store.searches.all()] == [
            ("Bridges", "bridge*"),
            ("this week", "last:7"),
        ]
        assert store.searches.remove("Bridges")
        assert not store.searches.remove("Bridges")
        assert [one.name for one in store.searches.all()] == ["this week"]
