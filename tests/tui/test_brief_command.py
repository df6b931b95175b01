"""``newsreader brief``."""

from tests.tui.command_line import ANSWER, Run, lines_of


def brief_events() -> list[object]:
    begun = {**ANSWER, "text": "It begins so.", "sentences": [], "citations": []}
    story = {"headline": "Ferry stops", "article_ids": ["a", "b"], "new": 1, "answer": begun}
    other = {"headline": "Bakers strike", "article_ids": ["c"], "new": 0, "answer": begun}
    days = {"since": "2024-03-06", "until": "2024-03-07", "made_at": "2024-03-07T12:00:00Z"}
    summed_up = {**story, "answer": {**begun, "text": "It closes on 1 May."}, "summed_up": True}
    briefs = ({**days, "stories": [story, other]}, {**days, "stories": [summed_up, other], "complete": True})
    return [*({"kind": "brief-ready", "brief": one} for one in briefs), {"kind": "done"}]


def test_brief_prints_the_stories_and_what_is_new(run: Run) -> None:
    done = run("brief", script={"brief": brief_events()})
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "6 March 2024 to 7 March 2024: 3 articles, 2 stories\n"
        "\nFerry stops  (2 reports, 1 of them new)\nIt closes on 1 May.\n"
        "\nBakers strike  (1 report, nothing new)\nIt begins so.\n"
    )


def test_brief_prints_json(run: Run) -> None:
    first, second = lines_of(run("brief", "--json", "--since", "2024-03-01", script={"brief": brief_events()}).stdout)
    assert (first["headline"], first["new"], first["summary"]) == ("Ferry stops", 1, "It closes on 1 May.")
    assert (second["headline"], second["new"], second["summary"]) == ("Bakers strike", 0, "It begins so.")


def test_without_articles_there_is_no_brief(run: Run) -> None:
    done = run("brief", script={"brief": [{"kind": "done"}]})
    assert done.returncode == 2
    assert "newsreader sync" in done.stderr
