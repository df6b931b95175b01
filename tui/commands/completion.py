"""``newsreader completion``: the script that lets a shell complete our commands."""

import click
from click.shell_completion import get_completion_class

INSTALL = """\b
  bash:  newsreader completion bash >> ~/.bashrc
  zsh:   newsreader completion zsh >> ~/.zshrc
  fish:  newsreader completion fish > ~/.config/fish/completions/newsreader.fish
"""


@click.command(epilog=INSTALL)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell."""
    root = ctx.find_root()
    completer = get_completion_class(shell)
    assert completer is not None  # noqa: S101 -- click knows all three
    click.echo(completer(root.command, {}, "newsreader", "_NEWSREADER_COMPLETE").source())
