"""Results as JSON, one object a line, for other programs."""

import json

import click


def print_json(value: object) -> None:
    """Print a value as one line of ASCII, and flush it.

    What is not ASCII is escaped: so no locale matters, a file name need not be UTF-8, and nothing in it steers a
    terminal.
    """
    click.echo(json.dumps(value))
