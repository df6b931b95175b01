"""Every command of the app, declared once: its key, its place in the footer, in the help and in the palette."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from textual.binding import Binding, BindingType


@dataclass(frozen=True)
class Command:
    """Something that the reader can do.

    ``id`` is what a keymap remaps it by. ``label`` stands in the footer (where ``footer`` is set) and in the palette,
    ``help`` in the list of keys. ``palette`` is False for what makes sense in one pane alone, such as scrolling.
    """

    id: str
    keys: str
    action: str
    label: str
    help: str
    footer: bool = False
    palette: bool = True

    def binding(self) -> Binding:
        """Give the Textual binding."""
        return Binding(
            self.keys,
            self.action,
            self.label,
            show=self.footer,
            tooltip=self.help,
            id=self.id,
        )


@dataclass(frozen=True)
class Section:
    """Commands that belong together, under the title that the help gives them."""

    title: str
    commands: tuple[Command, ...]

    def bindings(self) -> list[BindingType]:
        """Give the bindings for the ``BINDINGS`` of a screen or widget."""
        return [command.binding() for command in self.commands]

    def __iter__(self) -> Iterator[Command]:
        return iter(self.commands)


SCROLLING: Final = Section(
    "Reading",
    (
        Command("scroll.down", "j,down", "scroll_down", "Down", "One line down", palette=False),
        Command("scroll.up", "k,up", "scroll_up", "Up", "One line up", palette=False),
        Command("scroll.page_down", "space,pagedown", "page_down", "Page down", "One page down", palette=False),
        Command("scroll.page_up", "b,pageup", "page_up", "Page up", "One page up", palette=False),
        Command("scroll.top", "g,home", "scroll_home", "Top", "To the headline", palette=False),
        Command("scroll.end", "G,end", "scroll_end", "End", "To the last paragraph", palette=False),
        Command(
            "paragraph.next",
            "right_curly_bracket",
            "next_paragraph",
            "Next paragraph",
            "To the next paragraph",
            palette=False,
        ),
        Command(
            "paragraph.previous",
            "left_curly_bracket",
            "previous_paragraph",
            "Paragraph before",
            "To the paragraph before",
            palette=False,
        ),
    ),
)

MOVING: Final = Section(
    "Panes and articles",
    (
        Command("ask.focus", "a,i", "focus_question", "Ask", "Type a question about this article", footer=True),
        Command(
            "ask.scope",
            "L",
            "switch_scope",
            "Ask your library",
            "Ask the whole library instead of this article, and back",
        ),
        Command("ask.about", "A", "ask_about", "Ask about the name", "Begin a question about the name that is chosen"),
        Command(
            "names.toggle",
            "e",
            "toggle_names",
            "Names",
            "To the people, organisations and places; there: hide them",
            True,
        ),
        Command("names.filter", "f", "filter_names", "Filter names", "Narrow the names by typing; Esc shows all again"),
        Command(
            "library.toggle", "l", "toggle_library", "List", "To your library and its articles; there: hide it", True
        ),
        Command("brief", "B", "app.brief", "Daily brief", "The stories of the day, each once, summed up and cited"),
        Command("article.next", "right_square_bracket", "open_next", "Next article", "Open the next article"),
        Command(
            "article.previous",
            "left_square_bracket",
            "open_previous",
            "Previous",
            "Open the previous article",
        ),
        Command("back", "escape", "back", "Back", "Back to the article; there: put out what is lit up", True),
    ),
)

LIBRARY: Final = Section(
    "Your library",
    (
        Command("feeds.add", "plus", "add_source", "Add", "Subscribe to a feed, watch a folder, keep a page or a file"),
        Command("feeds.sync", "r", "sync_chosen", "Sync this", "Fetch what is new in the feed or folder chosen"),
        Command("feeds.sync_all", "R", "sync_all", "Sync all", "Fetch what is new in all feeds"),
        Command("feeds.stop", "x", "stop_sync", "Stop fetching", "Stop fetching; what has come is kept", footer=True),
        Command("feeds.remove", "D", "remove_chosen", "Remove", "Unsubscribe; or forget the search or the tag"),
        Command("search", "F", "search_library", "Search library", "Search all articles of your library"),
        Command("search.keep", "K", "keep_search", "Keep search", "Keep the search as a folder of the tree"),
        Command("read.next", "u", "next_unread", "Next unread", "Open the next article that is not read, in any feed"),
        Command("read.toggle", "U", "toggle_read", "Read or unread", "Mark the article as read, or as not read"),
        Command("read.all", "M", "mark_all_read", "Mark all read", "Mark all articles of the list as read"),
        Command("read.undo", "z", "undo_marks", "Undo marking", "Take the last marking back"),
        Command("star.toggle", "asterisk", "toggle_star", "Star", "Star the article, or no more"),
        Command("later.toggle", "p", "toggle_later", "For later", "Put the article by for later, or no more"),
        Command("tags", "T", "tag_article", "Tags", "Tag the article, or take tags off"),
        Command("read.hide", "h", "toggle_hide_read", "Hide read", "List only what is not read, or all"),
        Command("article.browser", "o", "open_in_browser", "Open in browser", "Open its page in your browser"),
        Command("article.link", "O", "copy_link", "Copy link", "Copy the article's address"),
        Command("article.save", "w", "save_article", "Save", "Save the article with its answers, for other programs"),
        Command("list.sort", "S", "change_order", "Sort", "Sort by newest, oldest, or feed"),
    ),
)

FINDING: Final = Section(
    "Finding",
    (
        Command("find", "slash", "find", "Find", "Find words in the article", True),
        Command("mark.next", "n", "next_mark", "Next", "Next place found, or next mention of the name", True),
        Command("mark.previous", "N", "previous_mark", "Previous place", "Previous place found, or previous mention"),
        Command("highlight", "H", "toggle_highlight", "Highlight", "Highlight the paragraph, or no more"),
        Command("highlight.walk", "J", "walk_highlights", "Highlights", "Walk through what you have highlighted"),
    ),
)

ANSWERS: Final = Section(
    "Answers",
    (
        Command("summary", "s", "summarise", "Summary", "Summarise the article; in the summary: write it anew"),
        Command("stop", "escape", "stop", "Stop", "Stop the answer that is being written", footer=True),
        Command(
            "citation.next", "c", "next_citation", "Citation", "Go to the next place that the answer rests on", True
        ),
        Command("citation.previous", "C", "previous_citation", "Previous citation", "Go to the citation before"),
        Command("copy.answer", "Y", "copy_answer", "Copy answer", "Copy the answer with its citations"),
        Command("copy.paragraph", "y", "copy_paragraph", "Copy paragraph", "Copy the paragraph with its source"),
    ),
)

GENERAL: Final = Section(
    "General",
    (
        Command(
            "theme.toggle", "t", "app.toggle_theme", "Light or dark", "Change between the light and the dark theme"
        ),
        Command("models.pull", "m", "pull_models", "Fetch models", "Fetch the model files that are missing", True),
        Command("palette", "ctrl+p", "app.command_palette", "Commands", "Find any command by its name", palette=False),
        Command("help", "question_mark,f1", "app.help", "Help", "Show all keys", footer=True),
        Command("quit", "q,ctrl+q", "app.quit", "Quit", "Leave newsreader"),
    ),
)

IN_LINES: Final = Section(
    "In the library",
    (
        Command("lines.down", "j,down", "cursor_down", "Down", "One line down", palette=False),
        Command("lines.up", "k,up", "cursor_up", "Up", "One line up", palette=False),
        Command("lines.page_down", "pagedown", "page_down", "Page down", "One page down", palette=False),
        Command("lines.page_up", "pageup", "page_up", "Page up", "One page up", palette=False),
        Command("lines.first", "g,home", "first", "First", "To the first line", palette=False),
        Command("lines.last", "G,end", "last", "Last", "To the last line", palette=False),
        Command(
            "lines.choose", "enter", "select", "Open", "Show the articles of a feed, open an article", palette=False
        ),
        Command("lines.hide", "l", "screen.toggle_library", "Hide", "Hide your library", True, palette=False),
    ),
)

IN_TREE: Final = Section(
    "In the tree of feeds",
    (
        Command("tree.list", "right", "select", "Articles", "To the articles", palette=False),
        Command("tree.fold", "space", "fold", "Fold", "Hide what is in a folder, or show it", palette=False),
    ),
)

IN_HEADLINES: Final = Section(
    "In the list of articles",
    (
        Command("headlines.tree", "left", "to_tree", "Feeds", "To the feeds", True, palette=False),
        Command("headlines.filter", "slash", "filter", "Filter", "Narrow the list by typing", True, palette=False),
    ),
)

IN_NAMES: Final = Section(
    "In the names",
    (Command("names.hide", "e", "screen.toggle_names", "Hide", "Hide the names", True, palette=False),),
)

IN_LIST: Final = Section(
    "In a list",
    (
        Command("list.down", "j", "cursor_down", "Down", "One entry down", palette=False),
        Command("list.up", "k", "cursor_up", "Up", "One entry up", palette=False),
        Command(
            "list.choose",
            "enter",
            "select",
            "Choose",
            "Open the article, show the name or what was said",
            True,
            palette=False,
        ),
    ),
)

IN_ANSWER: Final = Section(
    "In an answer",
    (
        Command("answer.next", "right,tab", "next_citation", "Next citation", "To the next citation", palette=False),
        Command("answer.previous", "left,shift+tab", "previous_citation", "Citation before", "Back", palette=False),
        Command("answer.jump", "enter", "jump", "Show", "Show the cited words in the article", True, palette=False),
        Command(
            "answer.again",
            "r",
            "ask_again",
            "Ask again",
            "Ask once more what was stopped or has failed",
            True,
            palette=False,
        ),
        Command("answer.up", "up,k", "leave('up')", "Answer above", "To the answer above", palette=False),
        Command("answer.down", "down,j", "leave('down')", "Answer below", "To the answer below", palette=False),
    ),
)

IN_QUESTION: Final = Section(
    "While typing a question",
    (
        Command(
            "question.answers", "up", "answers", "Answers", "To the answers or suggestions above", True, palette=False
        ),
        Command(
            "question.scope",
            "ctrl+l",
            "screen.switch_scope",
            "Article or library",
            "Ask the whole library instead of this article, and back",
            footer=True,
            palette=False,
        ),
    ),
)

IN_BRIEF: Final = Section(
    "In the brief",
    (
        Command("brief.stop", "s", "stop", "Stop", "Stop summing up; what is done is kept", True, palette=False),
        Command("brief.again", "r", "again", "Anew", "Sum up all stories anew", True, palette=False),
        Command("brief.close", "escape,q,B", "close", "Back", "Back; the summing up goes on", True, palette=False),
    ),
)

IN_FILTER: Final = Section(
    "While filtering",
    (Command("filter.list", "down", "to_list", "List", "To what is left of the list", True, palette=False),),
)

IN_DIALOG: Final = Section(
    "In a dialog",
    (Command("dialog.accept", "enter", "submit", "OK", "Take what stands there; Esc leaves", True, palette=False),),
)

READER: Final = (MOVING, LIBRARY, FINDING, ANSWERS, GENERAL)
"""What works in the whole reading screen, and from the palette."""

ALL: Final = (
    SCROLLING,
    *READER,
    IN_LINES,
    IN_TREE,
    IN_HEADLINES,
    IN_NAMES,
    IN_LIST,
    IN_ANSWER,
    IN_QUESTION,
    IN_BRIEF,
    IN_FILTER,
    IN_DIALOG,
)
"""Everything, in the order of the help."""


def bindings(*sections: Section) -> list[BindingType]:
    """Give the bindings of several sections."""
    return [binding for section in sections for binding in section.bindings()]
