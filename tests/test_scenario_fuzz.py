"""Every malformed scenario gets file, line and remedy, and the rest of the library still loads."""

from __future__ import annotations

import random
import re

import pytest

from coach.errors import BadInput
from coach.mentor.library import examine, load_library, load_scenario
from coach.mentor.template import template

GOOD = template("allotment")
LINES = GOOD.splitlines()
_WRONG = [
    "12",
    "yes",
    "null",
    "[]",
    "{}",
    "[[a]]",
    "''",
    "3.5",
    "2024-01-01",
    "&a x",
    "*gone",
    "!!x y",
    '!!int ""',
    "!!int +",
    "!!str [a]",
    "!!map x",
    "0x" + "f" * 4000,
    "1" + ":0" * 200 + ".0",
]


def _no_line(lines, at, rng):
    del lines[at]


def _twice(lines, at, rng):
    lines.insert(at, lines[at])


def _shifted(lines, at, rng):
    lines[at] = rng.choice(["", " ", "   ", "\t"]) + lines[at].lstrip()


def _other_value(lines, at, rng):
    lines[at] = re.sub(r"(: |- ).*$", lambda m: m[1] + rng.choice(_WRONG), lines[at])


def _other_key(lines, at, rng):
    lines[at] = re.sub(r"([a-z_]+):", lambda m: m[1][:-1] + "x:", lines[at], count=1)


def _no_colon(lines, at, rng):
    lines[at] = lines[at].replace(":", "", 1)


def _odd_sign(lines, at, rng):
    place = rng.randrange(len(lines[at]) + 1)
    lines[at] = lines[at][:place] + rng.choice("\"'{}[]:#&*!|>%@`\x00\u2028") + lines[at][place:]


def _cut_off(lines, at, rng):
    del lines[at:]


def _executable(lines, at, rng):
    lines[at] = re.sub(r"(: |- ).*$", r"\1!!python/object/apply:os.system ['true']", lines[at])


HARM = (
    _no_line, _twice, _shifted, _other_value, _other_key, _no_colon, _odd_sign, _cut_off,
    _executable,
)  # fmt: skip


def _harmed(seed: int) -> str:
    rng = random.Random(seed)
    lines = list(LINES)
    for _ in range(rng.choice([1, 1, 1, 2])):
        rng.choice(HARM)(lines, rng.randrange(len(lines)), rng)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("part", range(8))
def test_a_malformed_file_is_named_with_line_and_remedy(tmp_path, part):
    path = tmp_path / "allotment.yaml"
    wrong = 0
    for seed in range(part * 60, part * 60 + 60):
        text = _harmed(seed)
        path.write_text(text, encoding="utf-8")
        scenario, _, findings = examine(path)
        errors = [one for one in findings if one.level == "error"]
        assert (scenario is None) == bool(errors), seed
        for one in errors:
            wrong += 1
            assert 0 <= one.line <= text.count("\n") + 1, (seed, one)
            assert one.what and one.remedy, (seed, one)
            assert str(one).startswith(str(path)), (seed, one)
        if errors:
            with pytest.raises(BadInput, match=re.escape(path.name)):
                load_scenario(path)
    assert wrong > 20


def test_a_malformed_file_keeps_no_other_from_being_used(tmp_path):
    (tmp_path / "good.yaml").write_text(template("good"), encoding="utf-8")
    for seed in range(40):
        (tmp_path / f"bad-{seed}.yaml").write_text(_harmed(seed), encoding="utf-8")
    library = load_library([tmp_path])
    assert "good" in library.scenarios
    assert library.problems
