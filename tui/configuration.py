"""The user's settings from flags, environment and config.toml, with mistakes told in plain words."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from tui.errors import BadInput

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from models.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])
Text = TypeVar("Text", bound="str | Path | None")

DAY: Final = click.DateTime(["%Y-%m-%d", "%Y%m%d"])
"""The type of an option that is a day."""

ENV_PREFIX: Final = "NEWSREADER_"
ENV_LEVELS: Final = "__"
"""What stands between table and key in the name of a variable: ``NEWSREADER_ANSWER__THREADS``."""


_FORMS: Final = {
    "path": "the path of a folder or file",
    "uri": "an address that begins with http:// or https://, without user name, password or query",
    "password": "letters and digits without spaces, as the server gave it",
}
"""What a text has to be, by what JSON Schema calls its format."""


LONGEST_NAME: Final = 200
"""Characters of a name that the user gives to something: it stands in lists."""

LONGEST_PART: Final = 255
LONGEST_PATH: Final = 4095
"""Bytes of a part of a path, and of all of it, that file systems and Linux take."""


@dataclass
class Flags:
    """What was given on the command line, wherever it stood: before a subcommand or after it."""

    data_dir: Path | None = None
    model: str | None = None
    question: str | None = None


pass_flags = click.make_pass_decorator(Flags, ensure=True)
"""Gives a command the ``Flags`` as its first argument."""


def utf8(ctx: click.Context, param: click.Parameter, value: Text) -> Text:
    """Refuse what is not UTF-8, as the callback of a parameter: it can't go to the worker, nor into a file of ours."""
    try:
        str(value).encode()
    except UnicodeEncodeError as error:
        raise click.BadParameter("It is not UTF-8 text.", ctx, param) from error
    return value


def name_text(ctx: click.Context, param: click.Parameter, value: Text) -> Text:
    """Refuse what is too long to be a name, as the callback of a parameter."""
    if value is not None and len(str(value)) > LONGEST_NAME:
        raise click.BadParameter(f"A name has no more than {LONGEST_NAME} characters.", ctx, param)
    return utf8(ctx, param, value)


def path_text(ctx: click.Context, param: click.Parameter, value: Text) -> Text:
    """Refuse what no file can be called, as the callback of a parameter."""
    path = os.fsencode(str(value))
    if len(path) > LONGEST_PATH or any(len(part) > LONGEST_PART for part in path.split(b"/")):
        raise click.BadParameter("No file has so long a name.", ctx, param)
    return value


def asked(ctx: click.Context, param: click.Parameter, value: Text) -> Text:
    """Refuse what can't be asked, as the callback of a parameter."""
    from models.question import LONGEST_QUESTION

    if value is not None and len(str(value)) > LONGEST_QUESTION:
        raise click.BadParameter(f"A question has no more than {LONGEST_QUESTION} characters.", ctx, param)
    return utf8(ctx, param, value)


def _remember(ctx: click.Context, param: click.Parameter, value: str | Path | None) -> None:
    flags = ctx.ensure_object(Flags)
    utf8(ctx, param, value)
    if value is not None and param.name is not None:
        setattr(flags, param.name, value)


data_dir_flag = click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    callback=_remember,
    expose_value=False,
    help="Where models and the library are kept.",
)
model_flag = click.option(
    "--model",
    metavar="NAME_OR_PATH",
    callback=_remember,
    expose_value=False,
    help="The model that answers: a name from `newsreader models list`, or a GGUF file.",
)
question_flag = click.option(
    "--question",
    "-q",
    metavar="TEXT",
    callback=lambda ctx, param, value: _remember(ctx, param, asked(ctx, param, value)),
    expose_value=False,
    help="A question about the article: it waits in the app, and is answered where there is none.",
)


def settings_flags(command: Command) -> Command:
    """Give a command the flags that override settings."""
    return data_dir_flag(model_flag(command))


def load_settings(flags: Flags) -> Settings:
    """Read the settings. Raises ``BadInput`` that names the file or variable, the key, and what is allowed."""
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    from models.settings import Settings, config_file

    overrides: dict[str, Any] = {}
    if flags.data_dir is not None:
        overrides["data_dir"] = flags.data_dir
    if flags.model is not None:
        overrides["answer"] = {"model": flags.model, "endpoint": {"url": ""}}  # whoever names a model wants that one
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise BadInput("\n".join(_explain(error))) from error
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{config_file()}: not valid TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{config_file()}: not valid TOML: it is not UTF-8 text (byte {error.start})") from error
    except SettingsError as error:
        raise BadInput(f"{ENV_PREFIX}* variables: {error}") from error
    except OSError as error:
        raise BadInput(f"{config_file()}: can't be read: {error.strerror}") from error


def _explain(error: ValidationError) -> list[str]:
    return [f"{_place(details)}: {_requirement(details)}" for details in error.errors()]


def _place(details: ErrorDetails) -> str:
    """Name the variable that holds the mistake, or else the file and the key."""
    from models.settings import config_file

    keys = [str(key) for key in details["loc"]]
    names = {ENV_PREFIX + ENV_LEVELS.join(keys[:depth]).upper() for depth in range(1, len(keys) + 1)}
    variables = [name for name in os.environ if name.upper() in names]
    return variables[0] if variables else f"{config_file()}: {'.'.join(keys)}"


def _requirement(details: ErrorDetails) -> str:
    from models.settings import Settings

    keys = [str(key) for key in details["loc"]]
    schema = Settings.model_json_schema()
    if details["type"] == "extra_forbidden":
        known = _look_up(schema, keys[:-1]).get("properties", {})
        return f"is no setting; there are: {', '.join(known)}"
    setting = _look_up(schema, keys)
    given = "" if setting.get("format") == "password" else f", got {details['input']!r}"
    return f"must be {_allowed(setting)}{given}"


def _look_up(schema: dict[str, Any], keys: list[str]) -> dict[str, Any]:
    """Find the JSON schema of a setting by its keys."""
    node = schema
    for key in keys:
        node = node.get("properties", {}).get(key, {})
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    return node


def _allowed(schema: dict[str, Any]) -> str:
    """Say what a JSON schema allows."""
    if "anyOf" in schema:
        return " or ".join(_allowed(option) for option in schema["anyOf"] if option.get("type") != "null")
    if "enum" in schema:
        return "one of " + ", ".join(map(repr, schema["enum"]))
    if (form := schema.get("format")) in _FORMS:
        return _FORMS[form]
    bounds = " ".join(
        f"{word} {schema[bound]}" for bound, word in (("minimum", "from"), ("maximum", "to")) if bound in schema
    )
    kinds = {
        "integer": "a whole number",
        "number": "a number",
        "boolean": "true or false",
        "string": "text",
        "object": "a table",
    }
    return f"{kinds.get(schema.get('type', ''), 'a valid value')} {bounds}".strip()
