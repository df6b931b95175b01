"""``python -m benchmarks``: all measurements, or what is named."""

import importlib
import subprocess
import sys
from typing import Final

import click

MEASUREMENTS: Final = ("answers", "entities", "speed", "memory")
COMMANDS: Final = (*MEASUREMENTS, "probe", "answer_probe", "calibrate", "scale")
"""Each is the command of the same name in the module of the same name; what measures the program loads no engine."""


class Benchmarks(click.Group):
    """A group that loads the command it is asked for."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Name the commands without loading them."""
        return list(COMMANDS)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f"benchmarks.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 -- what COMMANDS promises
        return command


@click.group(cls=Benchmarks, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def benchmarks(ctx: click.Context) -> None:
    """Measure newsreader. Without a command: answers, entities, speed and memory."""
    if ctx.invoked_subcommand is None:
        ctx.exit(max([run(name) for name in MEASUREMENTS]))


def run(name: str) -> int:
    """Run a measurement in a process of its own, so that none has to share memory with the one before."""
    click.secho(f"\n{name}\n", bold=True)
    return subprocess.run([sys.executable, "-m", "benchmarks", name], check=False).returncode


if __name__ == "__main__":
    benchmarks()
