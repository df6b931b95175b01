"""``newsreader index``."""

from pathlib import Path

from tests.tui.command_line import Run


def test_indexing_says_how_far_it_is_and_what_it_has_done(run: Run) -> None:
    done = run("index", script={"articles": 20})
    assert (done.returncode, done.stdout) == (0, "20 articles indexed.\n")
    assert done.stderr.splitlines() == [f"{count} of 20 articles indexed" for count in (5, 10, 15)]
    assert run("index", script={"articles": 0}).stdout == "Everything is indexed.\n"


def test_a_library_that_can_not_be_used_says_so_before_anything_is_indexed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "library.db").write_text("This is no database, and it never was one.")
    done = run("index", script={"articles": 20}, NEWSREADER_LIBRARY_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "doctor --repair" in done.stderr
