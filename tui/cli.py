"""The ``newsreader`` command. It loads neither Textual nor an engine: each subcommand brings what it needs."""

import importlib
import os
import signal
import sys
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

import click
from click.shell_completion import CompletionItem

from tui.commands.read import read
from tui.configuration import question_flag, settings_flags
from tui.foreign import shown

COMMANDS: Final = {
    "add": "add",
    "ask": "ask",
    "brief": "brief",
    "completion": "completion",
    "doctor": "doctor",
    "entities": "entities",
    "export": "export",
    "import": "import_feeds",
    "index": "index",
    "list": "list_feeds",
    "mark": "mark",
    "models": "models",
    "open": "open_article",
    "remove": "remove",
    "search": "search",
    "sync": "sync",
    "tag": "tag",
}
"""The subcommands: each is an object in a module of the same name in ``tui.commands``.

It is called as the command is, unless Python has taken that word.
"""

LONGEST_LINE: Final = 1000
"""Characters of a line of an error, whatever was typed: it must not push the rest off the screen."""

INTERRUPTED: Final = 128 + signal.SIGINT
"""The exit status by which a shell knows that a program ended on a signal."""

EXAMPLES: Final = """\b
Examples:
  newsreader article.txt                      open an article
  newsreader *.txt                            open several, as a list
  newsreader article.txt -q "Who objected?"   open it with a question waiting
  newsreader article.txt | less               plain text: no terminal, no app
  newsreader ask --article article.txt "Who objected?"
  newsreader add https://example.org/feed     subscribe to a feed
  newsreader sync                             fetch what is new
  newsreader search "harbour bridge"          find articles, and open the third:
  newsreader open 3
  newsreader brief                            the stories of the day, summed up
  newsreader models pull                      fetch the models, once
  newsreader doctor                           what is missing, what to do

A file that has the name of a command is reached as ./ask.
"""


class CommandOrPaths(click.Group):
    """A group in which anything that is not a subcommand is a path to read."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the subcommands without loading them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a subcommand."""
        if cmd_name not in COMMANDS:
            return None
        name = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(f"tui.commands.{name}"), name)
        assert isinstance(command, click.Command)  # noqa: S101 -- what COMMANDS promises
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take arguments that do not begin with a subcommand as those of ``read``."""
        first = args[0]
        if first in COMMANDS:
            return super().resolve_command(ctx, args)
        meant = get_close_matches(first, COMMANDS, n=1)
        if meant and not ctx.resilient_parsing and not Path(first).exists():
            raise click.UsageError(
                f"There is no file {shown(first)}, and no such command. Did you mean {meant[0]}?", ctx
            )
        return read.name, read, args

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer files besides the subcommands."""
        return [*super().shell_complete(ctx, incomplete), CompletionItem(incomplete, type="file")]


@click.group(
    cls=CommandOrPaths,
    invoke_without_command=True,
    subcommand_metavar="[PATH... | COMMAND ...]",
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@settings_flags
@question_flag
@click.version_option(package_name="newsreader", message="%(prog)s %(version)s")
@click.pass_context
def newsreader(ctx: click.Context) -> None:
    """Read the news in your terminal, see who is in it, and ask it questions.

    Answers cite the paragraphs they rest on and come from a model on your own machine. PATH is a text, Markdown or
    HTML file, or - for standard input; without one, your library opens.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(read)


def main() -> NoReturn:
    """Run the command and exit: 0, 1 if it failed, 2 for bad input, 128 and more when it was told to end."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # else it reads what every installed package offers
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _end)
    try:
        status = newsreader.main(prog_name="newsreader", standalone_mode=False)
    except click.ClickException as error:
        _show(error)
        status = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        status = INTERRUPTED
    sys.exit(status)


def _show(error: click.ClickException) -> None:
    """Say what went wrong: what was typed stands in it, whatever that is."""
    told = StringIO()
    error.show(file=told)
    click.echo("\n".join(map(_cut, told.getvalue().splitlines())), err=True)


def _cut(line: str) -> str:
    """Give a line without what would steer the terminal; one that is too long loses its middle."""
    half = LONGEST_LINE // 2
    return shown(line if len(line) <= LONGEST_LINE else f"{line[:half]}…{line[-half:]}")


def _end(signal_number: int, _frame: FrameType | None) -> NoReturn:
    """Leave by way of all that is to be tidied up: the worker, temporary folders, the terminal's own screen."""
    sys.exit(128 + signal_number)


if __name__ == "__main__":
    main()
