"""An article with its answers as a file: what stands in it, and that none of it is markup."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from library.markdown import parse_markdown
from models.answer import Answer, AnswerSentence, Citation, Timings
from models.article import Article, Heading
from models.question import Question
from tests.tui.conftest import make_article
from tui.saving import CannotSave, Notes, SaveFormat, proposed_name, save, saved_text

HOSTILE = make_article(
    "Ferry <script>alert(1)</script> *stops*",
    ["# not a heading", "1. no list", "a [link](javascript:x) & `code` _so_\x1b[2J", "The board <b>denied</b> it."],
)
CITED = Citation(article_id=HOSTILE.id, paragraph=4, quote="The board <b>denied</b> it.", start=0, end=27)
ELSEWHERE = Citation(article_id="other", paragraph=2, quote="So it did.", start=0, end=10)
ANSWER = Answer(
    text="It was denied.",
    sentences=(AnswerSentence(text="It was *denied*.", citations=(0, 1)), AnswerSentence(text="So.", verbatim=True)),
    citations=(CITED, ELSEWHERE),
    abstained=False,
    model="scripted",
    timings=Timings(total_s=1.0),
)
ASKED = [(Question(text="Was it <denied>?", article_id=HOSTILE.id), ANSWER)]


class Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[tuple[str, str | None]] = []

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs).get("href")))


def read(html: str) -> Text:
    parser = Text()
    parser.feed(html)
    return parser


def test_markdown_says_what_the_article_says() -> None:
    written = saved_text(HOSTILE, ASKED, SaveFormat.MARKDOWN)
    seen = " ".join(read(MarkdownIt().render(written.split("---\n", 2)[2])).text).split()
    assert "\x1b" not in written
    for text in (
        "Ferry <script>alert(1)</script> *stops*",
        "# not a heading",
        "1. no list",
        "_so_",
        "It was *denied*.",
    ):
        assert " ".join(text.split()) in " ".join(seen)
    assert "[4] “The board <b>denied</b> it.”" in " ".join(seen)
    assert "[elsewhere, 2] “So it did.”" in " ".join(seen)


def test_markdown_is_read_again_as_the_same_article() -> None:
    article = make_article("Ferry stops", ["It stops on Friday.", "The board said so."])
    parsed = parse_markdown(saved_text(article, [], SaveFormat.MARKDOWN))
    assert (parsed.headline, parsed.paragraphs) == ("Ferry stops", ["It stops on Friday.", "The board said so."])
    assert (parsed.published, parsed.url) == (article.published, article.url)


def test_highlights_are_marked_in_each_form_and_change_nothing_else() -> None:
    article = make_article("Ferry stops", ["It stops on Friday.", "# The <b>board</b> said so."])
    notes = Notes(highlighted=[2])
    written = saved_text(article, [], SaveFormat.MARKDOWN, notes)
    assert "\n\nIt stops on Friday.\n\n<mark>" in written
    assert written.endswith("</mark>\n")
    assert parse_markdown(written).paragraphs == [paragraph.text for paragraph in article.paragraphs]
    page = saved_text(article, [], SaveFormat.HTML, notes)
    assert page.count("<mark>") == 1
    assert '<p id="p2"><mark># The &lt;b&gt;board&lt;/b&gt; said so.</mark></p>' in page
    assert json.loads(saved_text(article, [], SaveFormat.JSON, notes))["highlights"] == [2]


def test_author_and_headings_are_written_and_read_again() -> None:
    headings = (Heading(before=2, text="What *next*"),)
    article = make_article("Ferry stops", ["It stops on Friday.", "The board said so."]).model_copy(
        update={"byline": "By Ada Krol", "headings": headings}
    )
    parsed = parse_markdown(saved_text(article, [], SaveFormat.MARKDOWN))
    assert (parsed.byline, parsed.headings) == ("By Ada Krol", headings)
    page = read(saved_text(article, [], SaveFormat.HTML))
    assert {"By Ada Krol", "What *next*"} <= {text.split(" · ")[1] if " · " in text else text for text in page.text}


def test_html_holds_nothing_of_the_article_s_own_markup() -> None:
    page = read(saved_text(HOSTILE, ASKED, SaveFormat.HTML))
    tags = [tag for tag, _ in page.tags]
    assert "script" not in tags
    assert "b" not in tags
    assert "Ferry <script>alert(1)</script> *stops*" in page.text
    assert [href for tag, href in page.tags if tag == "a"] == [HOSTILE.url, "#p4", "#p4"]


def test_an_address_that_is_none_of_the_web_is_no_link() -> None:
    article = make_article().model_copy(update={"url": "javascript:alert(1)"})
    assert "javascript" not in saved_text(article, [], SaveFormat.HTML)


def test_json_holds_all_of_it() -> None:
    written = json.loads(saved_text(HOSTILE, ASKED, SaveFormat.JSON))
    assert Article.model_validate(written["article"]) == HOSTILE
    [answer] = written["answers"]
    assert answer.pop("question") == "Was it <denied>?"
    assert answer.pop("task") == "answer"
    assert Answer.model_validate(answer) == ANSWER


def test_nothing_is_written_over_and_what_can_not_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / proposed_name(HOSTILE)
    assert path.name == "ferry-script-alert-1-script-stops.md"
    save(path, HOSTILE, [])
    before = path.read_text()
    for other, told in (
        (path, "There is a file of this name already."),
        (tmp_path / "no folder" / "a.md", "It can't be written there: No such file or directory."),
        (tmp_path / "a.pdf", "told by the end of its name: .md"),
        (tmp_path / "a\0.md", "that is no name of a file"),
    ):
        with pytest.raises(CannotSave, match=told):
            save(other, HOSTILE, ASKED)
    assert path.read_text() == before


@pytest.mark.parametrize(("headline", "name"), [("???", "article.md"), ("../../etc/passwd", "etc-passwd.md")])
def test_a_name_is_no_path(headline: str, name: str) -> None:
    assert proposed_name(make_article(headline)) == name


def test_a_file_that_can_not_be_written_whole_is_not_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.saving.saved_text", lambda *_: "half a pair: \ud800")
    with pytest.raises(CannotSave):
        save(tmp_path / "story.md", HOSTILE, [])
    assert not (tmp_path / "story.md").exists()


@pytest.mark.parametrize("byline", ["By Jane Doe: Editor", "@handle", "#1 Ada", 'By "Jim" \\ Kern', "- Ada", "Ada's"])
def test_an_author_is_quoted_in_the_front_matter(byline: str) -> None:
    written = saved_text(make_article().model_copy(update={"byline": byline}), [], SaveFormat.MARKDOWN)
    [line] = [line for line in written.splitlines() if line.startswith("byline: ")]
    assert json.loads(line.removeprefix("byline: ")) == byline
    assert parse_markdown(written).byline == byline
