"""What a person can set, where it comes from, and how it is kept.

A setting is taken from the command line, else from its environment variable (``COACH_THEME``),
else from the settings file (TOML, see `coach where`), else from its default. The docstring
below each field of `Settings` is its manual.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from coach import paths
from coach.errors import BadInput, StorageError

_PREFIX = "COACH_"
_Text = Annotated[str, StringConstraints(strip_whitespace=True)]
_Named = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Settings(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
    )

    learner: _Text = ""
    """Your name in the records; leave it empty if only you practise here."""
    theme: _Text = ""
    """Colours of the app, by name; empty for the coach's own. F1 and the palette list them."""
    motion: Literal["none", "basic", "full"] = "basic"
    """How much moves on the screen."""
    numbers: bool = False
    """Show figures beside the words on cards, in debriefs and in exports."""
    hint_level: Annotated[int, Field(ge=0, le=3)] = 2
    """How far hints go: 0 none, 1 a nudge, 2 a pointer, 3 a wording."""
    history: bool = True
    """Keep talks on this machine; with false nothing is written."""
    encoder: _Named | None = None
    """Folder or hub id of another sentence encoder, by which the mentor finds what to say."""
    listener_url: Annotated[_Named, Field(pattern=r"^https?://[^\s/]+")] | None = None
    """Address of a workshop's listening server, instead of the models on this machine."""
    voice_url: Annotated[_Named, Field(pattern=r"^https?://[^\s/]+")] | None = None
    """Address of an OpenAI-compatible server (Ollama, llama.cpp, vLLM) that words what mentors say;
    what you type in a talk is sent there. Off where empty."""
    voice_model: _Named | None = None
    """The model on that server; without voice_url, a folder or hub id to run on this machine."""
    database_url: _Named | None = None
    """Where the records are kept, if not in the coach's own file: an SQLAlchemy URL."""
    editor: _Named | None = None
    """The editor for long turns; otherwise VISUAL or EDITOR decides."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The command line first, then the environment, then the file."""
        return init_settings, env_settings, _File(settings_cls)


class _File(PydanticBaseSettingsSource):
    """The settings file as a source."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Unused: the file is read whole."""
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        return _read_file(paths.settings_file())


def load_settings(overrides: Mapping[str, Any] | None = None) -> Settings:
    """The settings as they stand now.

    Args:
        overrides: what the command line said; a value of None says nothing.

    Raises:
        BadInput: the file is no TOML, or has an unknown key or a value that cannot be; the
            message names the file and line, or the environment variable.
    """
    given = {key: value for key, value in (overrides or {}).items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        raise BadInput(_explain(error, given)) from error


def usable_settings() -> Settings:
    """What can be used of settings that `load_settings` refuses: all that is right by itself.

    Where something was said about whether or where talks are kept and nobody can tell what, no
    history is kept: what a learner types is not written where they did not want it.
    """

    class Given(Settings):
        """Settings taken from what is handed in alone."""

        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            *_: PydanticBaseSettingsSource,
            **__: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            """What is handed in and nothing else."""
            return (init_settings,)

    said = _read_lines(paths.settings_file()) | EnvSettingsSource(Settings)()
    known = {key: value for key, value in said.items() if key in Settings.model_fields}
    wrong = said.keys() - known.keys()
    try:
        Given(**known)
    except ValidationError as error:
        wrong |= {str(problem["loc"][0]) for problem in error.errors()}
    right = {key: value for key, value in known.items() if key not in wrong}
    if not {_nearest(key) for key in wrong}.isdisjoint(("history", "database_url")):
        right["history"] = False
    return Given(**right)


def save_setting(key: str, value: str | int | bool | None) -> Settings:
    """Keep one setting in the file, whose comments and order survive; None removes it.

    Returns:
        The settings with it, as `load_settings` gives them.

    Raises:
        BadInput: there is no such setting, or it cannot have this value; nothing was written.
        StorageError: the file cannot be written.
    """
    # Imported late: reading settings, which every start does, needs no TOML writer.
    import tomlkit

    path = paths.settings_file()
    if key not in Settings.model_fields:
        raise BadInput(_unknown(key))
    if value is not None:
        load_settings({key: value})
    _read_file(path)
    document = tomlkit.parse(path.read_text("utf-8-sig")) if path.exists() else tomlkit.document()
    if value is None:
        document.pop(key, None)
    else:
        document[key] = value
    _write(path, tomlkit.dumps(document))
    return load_settings()


def _read_file(path: Path) -> dict[str, Any]:
    """The file's keys and values; empty where there is no file."""
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: this is not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        raise BadInput(f"{path}: the settings cannot be read ({error.strerror}).") from error
    except tomllib.TOMLDecodeError as error:
        raise BadInput(_bad_toml(path, str(error))) from error
    for key in data:
        if key not in Settings.model_fields:
            raise BadInput(f"{path}:{_line_of(path, key)}: {_unknown(key)}")
    return data


def _read_lines(path: Path) -> dict[str, Any]:
    """The file's keys and values line by line; ``...`` is a value that nobody can tell."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError):
        return {"history": ...}
    found: dict[str, Any] = {}
    for line in lines:
        try:
            said = tomllib.loads(line)
        except ValueError:
            said = dict.fromkeys(re.findall(r"\w+", line)[:1], ...)
        for key, value in said.items():
            found[key] = value if found.get(key, value) == value else ...
    return found


def _bad_toml(path: Path, message: str) -> str:
    """The parser's complaint with the line where an editor wants it."""
    what, _, where = message.partition(" (at ")
    line = where.removeprefix("line ").split(",")[0]
    if not line.isdigit():  # "end of document"
        line = str(max(1, len(path.read_text("utf-8-sig").splitlines())))
    return (
        f"{path}:{line}: this is not TOML: {what[:1].lower()}{what[1:]}; "
        'a line reads like  theme = "nord"  or  numbers = true'
    )


def _unknown(key: str) -> str:
    if near := _nearest(key):
        return f"there is no setting '{key}'; did you mean '{near}'?"
    return f"there is no setting '{key}'; there are {', '.join(Settings.model_fields)}."


def _nearest(key: str) -> str | None:
    """The setting that is likely meant."""
    near = get_close_matches(key.lower(), Settings.model_fields, n=1, cutoff=0.5)
    return near[0] if near else None


def _line_of(path: Path, key: str) -> int:
    """The line of the file that sets a key; 1 where it cannot be found."""
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), start=1):
        name = line.split("=")[0].strip().strip("[]").strip().strip("\"'")
        if name == key or name.startswith(f"{key}."):
            return number
    return 1


def _explain(error: ValidationError, given: Mapping[str, Any]) -> str:
    """The first thing that is wrong, and where it was said."""
    first = error.errors()[0]
    key = str(first["loc"][0]) if first["loc"] else "settings"
    what = f"'{key}' cannot be this: {_plain(first)}"
    variable = f"{_PREFIX}{key.upper()}"
    path = paths.settings_file()
    if key not in Settings.model_fields:
        return _unknown(key)
    if key in given:
        return f"{what}."
    if any(name.upper() == variable for name in os.environ):
        return f"{what} (from the environment variable {variable})."
    return f"{path}:{_line_of(path, key)}: {what}."


def _plain(problem: Any) -> str:
    """Pydantic's message in our words where they are better."""
    match problem["type"]:
        case "string_pattern_mismatch":
            return "it must be an address such as http://192.168.0.10:8000"
        case "bool_parsing" | "bool_type":
            return "it must be true or false"
        case "int_parsing" | "int_type" | "int_from_float":
            return "it must be a whole number"
        case "string_too_short":
            return "it is empty; leave the line out instead"
    message = str(problem["msg"])
    return (message[:1].lower() + message[1:]).replace("input should be", "it must be")


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all, for its owner's eyes."""
    try:
        paths.private_home()
        with paths.writing_whole(path) as file:
            file.write(text)
    except OSError as error:
        raise StorageError(
            f"{path}: the setting could not be kept ({error.strerror}); "
            "free some space or make the folder writable."
        ) from error
