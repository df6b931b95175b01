"""Errors that a command ends with, in plain words."""

import click

from tui.foreign import shown


class Failure(click.ClickException):
    """What was asked for could not be done: exit status 1."""

    def format_message(self) -> str:
        """Give the message; the file names and values in it are foreign."""
        return "\n".join(map(shown, self.message.split("\n")))


class BadInput(Failure):
    """What was asked for can't be done as it was given: exit status 2."""

    exit_code = 2
