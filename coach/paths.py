"""Every folder and file the coach uses, in one place.

All of the user's own files live below one home: the platform's data folder, or the folder
named by ``COACH_HOME``. What ships with the coach is found beside the package in a checkout
and inside it in an installed wheel.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_PACKAGE = Path(__file__).resolve().parent


def home() -> Path:
    """The folder with all of the user's files; not created here."""
    override = os.environ.get("COACH_HOME")
    if override:
        return Path(override).expanduser()
    # Imported late: platformdirs is only needed where nothing overrides it.
    from platformdirs import user_data_path

    return user_data_path("listening-coach", appauthor=False)


def private_home() -> Path:
    """`home`, created readable by its owner alone (what a learner types is private)."""
    return made_private(home())


def made_private(folder: Path) -> Path:
    """A folder, created where it is missing; it and those made for it are for its owner alone."""
    # One by one: `parents` would leave those above open to everybody.
    for each in reversed((folder, *folder.parents)):
        each.mkdir(mode=0o700, exist_ok=True)
    return folder


@contextmanager
def writing_whole(path: Path, mode: int = 0o600) -> Iterator[IO[str]]:
    """A text file that appears under its name, with this mode, once everything is in it.

    It is written beside its place and moved there at the end: whatever goes wrong, be it the
    power, leaves what was there before. A link stays a link: what it points to is replaced.
    """
    # Imported late: every start needs the paths and hardly one writes a file.
    import tempfile

    place = path.resolve()
    handle, part = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}-", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(mode)
        Path(part).replace(place)
    except BaseException:
        with suppress(OSError):
            Path(part).unlink()
        raise


def settings_file() -> Path:
    """The settings, TOML."""
    return home() / "settings.toml"


def keymap_file() -> Path:
    """The user's own keys, TOML: binding id = keys."""
    return home() / "keymap.toml"


EDITED = "turn-being-edited-"
"""What the folders in the home begin with that a turn is edited in."""


def database_file() -> Path:
    """The records, SQLite."""
    return home() / "records.sqlite3"


def vectors_file() -> Path:
    """Vectors of the scenarios' lines, worked out once; nothing a learner typed."""
    return home() / "cache" / "vectors.sqlite3"


def scenario_values_dir() -> Path:
    """What scenario files hold, read once; nothing a learner typed."""
    return home() / "cache" / "scenarios"


def exports_dir() -> Path:
    """Where the screen writes exported talks."""
    return home() / "exports"


def user_scenarios_dir() -> Path:
    """Scenarios the user added."""
    return home() / "scenarios"


def _shipped(name: str) -> Path:
    bundled = _PACKAGE / "_bundle" / name
    return bundled if bundled.is_dir() else _PACKAGE.parent / name


def models_dir() -> Path:
    """Weights the project trained (``models/`` of a checkout, or the wheel's copy)."""
    override = os.environ.get("COACH_MODELS")
    return Path(override).expanduser() if override else _shipped("models")


def data_dir() -> Path:
    """Scenarios, drills, schemas and labelled turns that ship with the coach."""
    return _shipped("data")


def scenarios_dir() -> Path:
    """Scenarios that ship with the coach."""
    return data_dir() / "scenarios"
