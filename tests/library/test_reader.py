import io
import os
import socket
import sys
import threading
import time
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library import reader
from library.reader import UnreadableArticle, read_article

DEV_ARTICLES = sorted((Path(__file__).parents[3] / "shared" / "eval").glob("*/articles/*.txt"))

ARTICLE = "Bridge closed\n20260914\nhttps://example.org/bridge\nThe bridge is closed.\n"


def written(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_an_article_is_read_from_a_file(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", ARTICLE.replace("\n", "\r\n"))

    article = read_article(path)

    assert article.headline == "Bridge closed"
    assert article.published == date(2026, 9, 14)
    assert [(paragraph.number, paragraph.text) for paragraph in article.paragraphs] == [(1, "The bridge is closed.")]
    assert article.origin == str(path)
    assert article.id == read_article(str(path)).id


@pytest.mark.parametrize(
    ("name", "text", "paragraphs"),
    [
        ("a.txt", "# Title\n\nOne.\n\nTwo.", ["One.", "Two."]),
        ("a.md", "# Title\n\nOne.\n\nTwo.", ["One.", "Two."]),
        ("a", "# Title\n\n*One*.", ["One."]),
        ("a.md", ARTICLE + "*Two.*\n", ["The bridge is closed.", "*Two.*"]),
        ("a.html", "<h1>Title</h1><p>One.<p>Two.", ["One.", "Two."]),
        ("a.txt", "<!doctype html>\n<h1>Title</h1><p>One.", ["One."]),
        ("a.html", "Title\n\n1 < 2, and so it is.", ["1 < 2, and so it is."]),
        ("a.txt", "Title\n\nA <b>tag</b> in a text.", ["A <b>tag</b> in a text."]),
    ],
)
def test_the_format_is_told_by_name_and_content(tmp_path: Path, name: str, text: str, paragraphs: list[str]) -> None:
    assert [paragraph.text for paragraph in read_article(written(tmp_path, name, text)).paragraphs] == paragraphs


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))

    assert read_article("-").origin == "standard input"


def test_no_standard_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UnreadableArticle, match="There is no standard input"):
        read_article("-")

    descriptor = os.open(tmp_path, os.O_RDONLY)
    with os.fdopen(os.dup(0)) as standard, monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", standard)
        os.dup2(descriptor, standard.fileno())
        with pytest.raises(UnreadableArticle, match="Standard input can't be read: Is a directory"):
            read_article("-")
    os.close(descriptor)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "a.txt is empty"),
        (b"\xef\xbb\xbf \n\n\t", "a.txt is empty"),
        (b"Headline\n20260914\nhttps://example.org/\n", "has a headline, but no text below it"),
        (bytes(range(256)) * 100, "it is binary data, not text"),
        (b"%PDF-1.4 ...", "it is a PDF, not text"),
        (b"x" * (reader.SIZE_LIMIT + 1), "is larger than 10 MB.*Split it"),
        (b"x\n" * (reader.LINE_LIMIT + 2), "has more than 200,000 lines"),
        (b"x\n\n" * (reader.PARAGRAPH_LIMIT + 2), "has more than 50,000 paragraphs"),
    ],
    ids=["empty", "blank", "headline", "data", "pdf", "size", "lines", "paragraphs"],
)
def test_what_is_no_article_is_refused_in_plain_words(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableArticle, match=reason):
        read_article(written(tmp_path, "a.txt", data))


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    with pytest.raises(UnreadableArticle, match=r"^There is no file .*nowhere\.txt\.$"):
        read_article(tmp_path / "nowhere.txt")
    with pytest.raises(UnreadableArticle, match=r"is a folder\. Name the files in it"):
        read_article(tmp_path)
    with pytest.raises(UnreadableArticle, match="is a device or a socket"):
        read_article("/dev/zero")
    with pytest.raises(UnreadableArticle, match="can't be read"):
        read_article(written(tmp_path, "file", "x") / "below.txt")
    with pytest.raises(UnreadableArticle, match="its name holds a zero byte"):
        read_article("a\0b")
    with pytest.raises(UnreadableArticle, match=r"^xxx.{,200}: File name too long\.$"):
        read_article("x" * 5000)


def test_a_socket_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the address of a socket is short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        with pytest.raises(UnreadableArticle):
            read_article("socket")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", ARTICLE)
    path.chmod(0)

    with pytest.raises(UnreadableArticle, match="you have no permission"):
        read_article(path)


def test_a_name_with_escapes_is_shown_without(tmp_path: Path) -> None:
    with pytest.raises(UnreadableArticle) as refused:
        read_article(tmp_path / "a\x1b[31m\x1b]0;title\x07\nb\udc80.txt")

    assert str(refused.value).endswith("a b\ufffd.txt.")


def test_a_pipe_is_read_as_it_comes(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def write() -> None:
        with pipe.open("w") as end:
            end.write(ARTICLE[:20])
            end.flush()
            time.sleep(0.2)
            end.write(ARTICLE[20:])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert read_article(pipe).headline == "Bridge closed"
    finally:
        writer.join()


def test_a_silent_pipe_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "PIPE_PATIENCE_S", 0.05)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with pytest.raises(UnreadableArticle, match="is a pipe, and nothing came out of it"):
        read_article(pipe)


def test_an_endless_pipe_ends_at_the_limit(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def write() -> None:
        with pipe.open("wb") as end:
            try:
                while True:
                    end.write(b"more and more of it\n" * 5000)
            except BrokenPipeError:
                return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with pytest.raises(UnreadableArticle, match="larger than 10 MB"):
            read_article(pipe)
    finally:
        writer.join()


def test_what_was_not_certain_is_said_with_the_article(tmp_path: Path) -> None:
    article = read_article(written(tmp_path, "a.txt", "Größe\n20261314\nhttps://example.org/\nÜber\n".encode("cp1252")))

    assert [paragraph.text for paragraph in article.paragraphs] == ["Über"]
    assert [notice[:6] for notice in article.notices] == ["The fi", "Line 2"]


@given(
    data=st.binary(),
    suffix=st.sampled_from([".txt", ".md", ".html", ""]),
    start=st.sampled_from([b"", b"<html>", b"# "]),
)
def test_any_bytes_are_an_article_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str, start: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(start + data)

    try:
        article = read_article(path)
    except UnreadableArticle as refused:
        shown = str(refused)
    else:
        assert article.paragraphs
        shown = "".join([article.headline, article.url or "", *article.notices, *(p.text for p in article.paragraphs)])
    assert not [character for character in shown if unicodedata.category(character) in {"Cc", "Cs"}]


@pytest.mark.skipif(not DEV_ARTICLES, reason="the articles of the question sets are not here")
def test_paragraphs_are_the_lines_of_real_articles() -> None:
    for path in DEV_ARTICLES:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        article = read_article(path)

        texts = [article.headline, *(paragraph.text for paragraph in article.paragraphs)]
        expected = [lines[0], *lines[3:]]
        assert len(texts) == len(expected), path
        assert not article.notices, path
        for text, line in zip(texts, expected, strict=True):
            unseen = [c for c in line if unicodedata.category(c) in {"Cc", "Cf"} and c != "\u200d"]
            assert text == line or (unseen and text == "".join(c for c in line if c not in unseen)), path
