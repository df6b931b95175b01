"""An article with what was asked about it, as a file for other programs and people: Markdown, HTML or JSON."""

import json
import re
from collections.abc import Collection, Sequence
from enum import StrEnum
from html import escape
from pathlib import Path
from typing import Final, NamedTuple

from models.answer import Answer, AnswerSentence, Citation, quoted
from models.article import Article, Heading, Paragraph
from models.question import Question
from tui.foreign import shown

LONGEST_NAME: Final = 60
"""Characters of a file name that is proposed."""

Asked = Sequence[tuple[Question, Answer]]


class Notes(NamedTuple):
    """What the reader has made of an article: ``highlighted`` are the numbers of paragraphs."""

    starred: bool = False
    tags: Sequence[str] = ()
    highlighted: Collection[int] = ()


STAR: Final = "★ starred"

NO_NOTES: Final = Notes()


class SaveFormat(StrEnum):
    """What an article can be saved as."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


ENDINGS: Final = {
    ".md": SaveFormat.MARKDOWN,
    ".markdown": SaveFormat.MARKDOWN,
    ".html": SaveFormat.HTML,
    ".htm": SaveFormat.HTML,
    ".json": SaveFormat.JSON,
}
"""What a file is saved as, by how its name ends."""


class CannotSave(Exception):
    """There is no file now. The message says why, in plain words."""


def proposed_name(article: Article) -> str:
    """Propose the name of a file: the words of the headline."""
    words = re.sub(r"\W+", "-", article.headline.casefold()).strip("-_")[:LONGEST_NAME].rstrip("-")
    return f"{words or 'article'}.md"


def save(path: Path, article: Article, asked: Asked, notes: Notes = NO_NOTES) -> None:
    """Write a new file, as the end of its name says. Raises ``CannotSave``; nothing is written over."""
    form = ENDINGS.get(path.suffix.lower())
    if form is None:
        raise CannotSave(f"What it is to be saved as is told by the end of its name: {', '.join(ENDINGS)}.")
    try:
        write_new(path, saved_text(article, asked, form, notes).encode())
    except FileExistsError as error:
        raise CannotSave("There is a file of this name already. Give it another.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise CannotSave(f"It can't be written there: {reason or 'that is no name of a file'}.") from error


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet: all of it, or none. Raises ``OSError``."""
    file = path.open("xb")
    try:
        with file:
            file.write(data)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def saved_text(article: Article, asked: Asked, form: SaveFormat, notes: Notes = NO_NOTES) -> str:
    """Give the article, what the reader has made of it, and the questions about it with answers and citations."""
    match form:
        case SaveFormat.MARKDOWN:
            return _markdown(article, asked, notes)
        case SaveFormat.HTML:
            return _html(article, asked, notes)
        case SaveFormat.JSON:
            answers = [
                {"question": question.text, "task": question.task, **answer.model_dump(mode="json")}
                for question, answer in asked
            ]
            made = {"starred": notes.starred, "tags": list(notes.tags), "highlights": sorted(notes.highlighted)}
            whole = {"article": article.model_dump(mode="json"), **made, "answers": answers}
            return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


# --- Markdown ---

_MARKUP: Final = re.compile(r"([\\`*_\[\]<>#|~&])|^(\s*)([-+]|\d+[.)])(?=\s|$)")
"""What would be markup in the text of an article, which is none."""


def as_markdown(text: str) -> str:
    """Give text so that Markdown shows it as it stands."""
    return _MARKUP.sub(
        lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}{found[3][:-1]}\\{found[3][-1]}", shown(text)
    )


def _markdown(article: Article, asked: Asked, notes: Notes) -> str:
    day = article.published and article.published.isoformat()
    fields = [f"date: {day}"] if day else []
    fields += [f"byline: {_in_yaml(shown(article.byline))}"] if article.byline else []
    fields += [f"url: {_in_yaml(shown(article.url))}"] if article.url else []
    fields += ["starred: true"] if notes.starred else []
    fields += [f"tags: {_in_yaml(list(notes.tags))}"] if notes.tags else []
    blocks = ["\n".join(["---", *fields, "---"])] if fields else []
    blocks += [f"# {as_markdown(article.headline)}", *(_markdown_part(one, notes) for one in article.body)]
    for question, answer in asked:
        blocks += [f"## {as_markdown(question.text)}", " ".join(_said(one, answer) for one in _sentences(answer))]
        blocks += [
            "\n".join(f"- [{_source(one, article)}] {as_markdown(quoted(one.quote))}" for one in answer.citations)
        ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _in_yaml(value: str | list[str]) -> str:
    """Give a value for the front matter, quoted: JSON is YAML, in which a colon or an @ would be a sign."""
    return json.dumps(value, ensure_ascii=False)


def _markdown_part(part: Heading | Paragraph, notes: Notes) -> str:
    """Give a paragraph or heading. HTML says that one is highlighted: Markdown has no sign that all programs know."""
    text = as_markdown(part.text)
    if isinstance(part, Heading):
        return f"### {text}"
    return f"<mark>{text}</mark>" if part.number in notes.highlighted else text


def _said(sentence: AnswerSentence, answer: Answer) -> str:
    text = quoted(sentence.text) if sentence.verbatim else sentence.text
    markers = dict.fromkeys(f"[{answer.citations[index].paragraph}]" for index in sentence.citations)
    return " ".join([as_markdown(text), *markers])


def _sentences(answer: Answer) -> Sequence[AnswerSentence]:
    return answer.sentences or (AnswerSentence(text=answer.text),)


def _source(citation: Citation, article: Article) -> str:
    return str(citation.paragraph) if citation.article_id == article.id else f"elsewhere, {citation.paragraph}"


# --- HTML ---

_PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
{meta}<style>
body {{ max-width: 38rem; margin: 3rem auto; padding: 0 1rem; font: 1.1rem/1.6 Georgia, serif; }}
header p, cite {{ color: #666; font-style: normal; }}
section {{ border-top: 1px solid #ccc; margin-top: 2rem; }}
:target {{ background: #f6dfae; }}
</style>
</head>
<body>
<article>
<header><h1>{title}</h1>{byline}</header>
{paragraphs}
</article>
{answers}</body>
</html>
"""


def _html(article: Article, asked: Asked, notes: Notes) -> str:
    published = article.published
    when = f"{published.day} {published:%B %Y}" if published else ""
    link = f'<a href="{_escaped(article.url)}">{_escaped(article.url)}</a>' if _is_web(article.url) else ""
    made = (STAR if notes.starred else "", *map(_escaped, notes.tags))
    byline = " · ".join(part for part in (when, _escaped(article.byline or ""), link, *made) if part)
    keywords = f'<meta name="keywords" content="{_escaped(", ".join(notes.tags))}">\n' if notes.tags else ""
    return _PAGE.format(
        title=_escaped(article.headline),
        meta=(f'<meta name="date" content="{published.isoformat()}">\n' if published else "") + keywords,
        byline=f"<p>{byline}</p>" if byline else "",
        paragraphs="\n".join(_html_part(one, notes) for one in article.body),
        answers="".join(_html_answer(question, answer, article) for question, answer in asked),
    )


def _html_part(part: Heading | Paragraph, notes: Notes) -> str:
    text = _escaped(part.text)
    if isinstance(part, Heading):
        return f"<h3>{text}</h3>"
    marked = f"<mark>{text}</mark>" if part.number in notes.highlighted else text
    return f'<p id="p{part.number}">{marked}</p>'


def _html_answer(question: Question, answer: Answer, article: Article) -> str:
    said = " ".join(_html_sentence(one, answer, article) for one in _sentences(answer))
    cited = "".join(f"<li>{_html_source(one, article)} <q>{_escaped(one.quote)}</q></li>" for one in answer.citations)
    listed = f"<ul>{cited}</ul>\n" if cited else ""
    return f"<section>\n<h2>{_escaped(question.text)}</h2>\n<p>{said}</p>\n{listed}</section>\n"


def _html_sentence(sentence: AnswerSentence, answer: Answer, article: Article) -> str:
    text = quoted(sentence.text) if sentence.verbatim else sentence.text
    markers = dict.fromkeys(_html_source(answer.citations[index], article) for index in sentence.citations)
    return " ".join([_escaped(text), *markers])


def _html_source(citation: Citation, article: Article) -> str:
    source = f"[{_source(citation, article)}]"
    return f'<a href="#p{citation.paragraph}">{source}</a>' if citation.article_id == article.id else source


def _escaped(text: str | None) -> str:
    return escape(shown(text or ""))


def _is_web(url: str | None) -> bool:
    return url is not None and url.startswith(("https://", "http://"))
