"""``newsreader tag``: put articles under words of one's own."""

from typing import TYPE_CHECKING

import click

from tui.configuration import Flags, data_dir_flag, load_settings, pass_flags, utf8
from tui.errors import BadInput

if TYPE_CHECKING:
    from library.store import Store

EXAMPLES = """\b
Examples:
  newsreader tag harbour 1 3              the first and the third of what was listed or found
  newsreader search tag:harbour           what has the tag
  newsreader tag --remove harbour 3       take it off again
  newsreader tag --forget harbour         take it off all articles
  newsreader tag                          which tags there are
"""


@click.command(epilog=EXAMPLES)
@click.argument("tag_name", required=False, metavar="[TAG]", callback=utf8)
@click.argument("articles", nargs=-1, metavar="[NUMBER_OR_ID]...")
@click.option("--remove", is_flag=True, help="Take the tag off these articles.")
@click.option("--forget", is_flag=True, help="Take the tag off all articles.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a tag.")
@data_dir_flag
@pass_flags
def tag(
    flags: Flags, tag_name: str | None, articles: tuple[str, ...], remove: bool, forget: bool, as_json: bool
) -> None:
    """Tag articles of your library, or name your tags.

    By their numbers in what `newsreader search` or `newsreader list FEED` showed last, or by the beginning of the id
    that --json shows. Case and accents do not matter.
    """
    from tui.articles import library
    from tui.counting import counted
    from tui.numbered import find

    _check(tag_name, articles, remove=remove, forget=forget, as_json=as_json)
    with library(load_settings(flags)) as store:
        if tag_name is None:
            _list(store, as_json)
            return
        name = _named(tag_name)
        if forget:
            if not store.tags.forget(name):
                raise BadInput(f"There is no tag {name}. See `newsreader tag`.")
            click.echo("It is forgotten.")
            return
        ids = [article.id for article in find(store, articles)]
        changed = store.tags.take_off(ids, name) if remove else store.tags.put_on(ids, name)
    click.echo(f"{counted(len(changed), 'article')} {'no longer ' if remove else ''}tagged {name}.")


def _check(tag: str | None, articles: tuple[str, ...], *, remove: bool, forget: bool, as_json: bool) -> None:
    """Refuse what does not go together. Raises ``click.UsageError``."""
    if tag is None and (remove or forget):
        raise click.UsageError("Which tag?")
    if tag is not None and as_json:
        raise click.UsageError("--json goes without a tag: it names those that there are.")
    if forget and (remove or articles):
        raise click.UsageError("--forget takes the tag off all articles; for some there is --remove.")
    if tag is not None and not (forget or articles):
        raise click.UsageError(f"Which articles? To see what has the tag: newsreader search --tag {tag!r}")


def _named(tag: str) -> str:
    """Read a tag. Raises ``BadInput``."""
    from library.tags import NotATag, read_tag

    try:
        return read_tag(tag)
    except NotATag as error:
        raise BadInput(str(error)) from error


def _list(store: "Store", as_json: bool) -> None:
    from tui.counting import counted
    from tui.foreign import shown
    from tui.json_lines import print_json

    for one in store.tags.all():
        if as_json:
            print_json(one.model_dump(mode="json"))
        else:
            click.echo(f"{shown(one.name)}: {counted(one.articles, 'article')}, {one.unread} unread")
