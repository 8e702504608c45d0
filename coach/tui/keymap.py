"""The learner's own keys: a TOML file of ``id = "keys"`` (`coach keys` lists the ids).

A line that cannot be used is left out and said in one sentence; the other lines still count.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from textual.binding import Binding
from textual.keys import Keys, key_to_character
from textual.widgets import TextArea

from coach import paths
from coach.tui.bindings import all_bindings

__all__ = ["all_bindings", "load_keymap"]

_MODIFIERS = {"ctrl", "shift", "alt", "super", "meta", "hyper"}
_NAMED = {key.value for key in Keys}
_FIELD = {
    key
    for binding in TextArea.BINDINGS
    for key in (binding.key if isinstance(binding, Binding) else binding[0]).split(",")
}
_BESIDE_A_FIELD = {"app", "talk", "briefing"}
"""Scopes whose keys are pressed while the cursor stands in a text field, which would take them."""
_TOGETHER = {"dialogue": "talk"}
"""Scopes whose keys work at the same time."""


def load_keymap() -> tuple[dict[str, str], list[str]]:
    """The keys that differ from the built-in ones, and a sentence for each that cannot be.

    Imports every screen where there is a keymap; call it in a worker.
    """
    path = paths.keymap_file()
    try:
        lines = path.read_text("utf-8-sig")
        data = tomllib.loads(lines)
    except (FileNotFoundError, NotADirectoryError):
        return {}, []
    except (OSError, UnicodeDecodeError) as error:
        return {}, [f"{path}: the keymap cannot be read ({error}); the built-in keys are used."]
    except tomllib.TOMLDecodeError as error:
        return {}, [f'{path}: this is not TOML ({error}); a line reads  "talk.hint" = "f10"']
    defaults = {str(binding.id): binding.key for binding in all_bindings()}
    keymap: dict[str, str] = {}
    problems = []
    for binding_id, keys in _flat(data):
        problem = _problem(binding_id, keys, defaults)
        if problem is None:
            keymap[binding_id] = _joined(keys)
        else:
            problems.append(f"{path}:{_line_of(lines, binding_id)}: {problem}")
    for binding_id, problem in list(_clashes(keymap, defaults)):
        del keymap[binding_id]
        problems.append(f"{path}:{_line_of(lines, binding_id)}: {problem}")
    return keymap, problems


def _flat(data: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """``talk.hint = "f6"`` is a table in TOML; here it is an id, quoted or not."""
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _problem(binding_id: str, keys: Any, defaults: Mapping[str, str]) -> str | None:
    if binding_id not in defaults:
        near = get_close_matches(binding_id, defaults, n=1, cutoff=0.5)
        remedy = f"did you mean '{near[0]}'?" if near else "`coach keys` lists them all."
        return f"there is no key with the id '{binding_id}'; {remedy}"
    names = keys if isinstance(keys, list) else [keys]
    if not names or not all(isinstance(name, str) and name.strip() for name in names):
        return f'\'{binding_id}\' needs a key in quotation marks, such as "f10" or "ctrl+t".'
    for name in _joined(keys).split(","):
        if not _is_key(name):
            near = get_close_matches(name, _NAMED, n=1, cutoff=0.5)
            remedy = f"did you mean '{near[0]}'?" if near else "use one such as f10 or ctrl+t."
            return f"there is no key '{name}'; {remedy}"
        if name in _FIELD and binding_id.split(".")[0] in _BESIDE_A_FIELD:
            return f"'{name}' is the text field's own key; '{binding_id}' needs another."
    return None


def _joined(keys: str | list[str]) -> str:
    names = keys.split(",") if isinstance(keys, str) else keys
    return ",".join(name.strip() for name in names)


def _is_key(name: str) -> bool:
    *modifiers, last = name.split("+") if name != "+" else [name]
    if not set(modifiers) <= _MODIFIERS:
        return False
    return len(last) == 1 or last in _NAMED or key_to_character(last) is not None


def _clashes(keymap: Mapping[str, str], defaults: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Keys that would do two things on one screen; the later line gives way."""
    kept = dict(keymap)
    for binding_id, keys in keymap.items():
        for other in defaults:
            mine = set(keys.split(",")) & set(kept.get(other, defaults[other]).split(","))
            if other != binding_id and mine and _share(binding_id, other):
                what = f"'{mine.pop()}' is taken by '{other}'; give one of them another key."
                yield binding_id, what
                kept.pop(binding_id, None)
                break


def _share(one: str, other: str) -> bool:
    """Whether two ids can be asked on the same screen."""
    scopes = {_TOGETHER.get(scope, scope) for scope in (one.split(".")[0], other.split(".")[0])}
    return len(scopes) == 1 or "app" in scopes


def _line_of(lines: str, binding_id: str) -> int:
    last = binding_id.rsplit(".", 1)[-1]
    for number, line in enumerate(lines.splitlines(), start=1):
        name = line.split("=")[0].strip().replace('"', "").replace("'", "")
        if name in (binding_id, last):
            return number
    return 1
