"""A scenario as a page to read, for ``coach scenarios show``."""

from __future__ import annotations

from textwrap import fill

from coach.mentor.scenario import Scenario

WIDTH = 76


def _paragraph(text: str, indent: str = "") -> str:
    return fill(" ".join(text.split()), WIDTH, initial_indent=indent, subsequent_indent=indent)


def _item(text: str) -> str:
    return fill(" ".join(text.split()), WIDTH, initial_indent="  - ", subsequent_indent="    ")


def _section(title: str, *body: str) -> list[str]:
    return ["", title, *body]


def describe_page(scenario: Scenario) -> str:
    """What a learner or trainer wants to know beforehand; gives away no story.

    Plain text, at most 76 columns, ends without a line break.
    """
    mentor = scenario.mentor
    age = f", {mentor.age}" if mentor.age else ""
    minutes = f"about {scenario.minutes} minutes"
    lines = [
        scenario.title,
        "=" * min(WIDTH, len(scenario.title)),
        f"{scenario.id} · {scenario.trade} · {scenario.difficulty} · {minutes}",
        "",
        _paragraph(scenario.summary),
    ]
    lines += _section(
        "The mentor",
        _paragraph(f"{mentor.name}{age}, {mentor.role}", "  "),
        _paragraph(mentor.about, "  "),
        _paragraph(f"How they speak: {mentor.manner}", "  "),
    )
    lines += _section("You", _paragraph(scenario.learner_role, "  "))
    lines += _section("Your goal", _paragraph(scenario.goal, "  "))
    lines += _section("Where and when", _paragraph(scenario.setting, "  "))
    skills = ", ".join(skill.replace("_", " ") for skill in scenario.skills)
    lines += _section("What it trains", _paragraph(skills, "  "))
    lines += _section("How it begins", _paragraph(f"“{scenario.opening}”", "  "))
    lines += _section("What can be talked about", *(_item(t.title) for t in scenario.topics))
    if scenario.promises:
        who = {"learner": "you", "mentor": mentor.name}
        promises = (_item(f"{p.text} (by {who[p.by]})") for p in scenario.promises)
        lines += _section("What may be promised", *promises)
    return "\n".join(lines)


_DEPTHS = {"short": "in short", "full": "in full", "confidence": "in confidence"}


def describe_map(scenario: Scenario) -> str:
    """Topics with what opens each, what it holds at each depth and where it leads; for authors.

    Plain text, at most 76 columns, ends without a line break.
    """
    lines = [f"{scenario.title}: a map"]
    if scenario.hears:
        begins = (_item(f"hears “{one.answers[0]}”") for one in scenario.hears)
        lines += _section("First turns", *begins)
    for number, topic in enumerate(scenario.topics, 1):
        lines += _section(f"{number}. {topic.title} ({topic.id})")
        if topic.needs:
            lines.append(_paragraph(f"after: {', '.join(topic.needs)}", "   "))
        lines.append(_paragraph(f"opened by: {topic.opened_by[0]}", "   "))
        for depth, name in _DEPTHS.items():
            points = topic.key_points.get(depth, [])  # type: ignore[call-overload]
            lines.append(f"   {name}:")
            lines += [_item(point) for point in points]
        if topic.door:
            lines.append(_paragraph(f"door: {topic.door}", "   "))
        if topic.asks_back:
            lines.append(_paragraph(f"asks back: {topic.asks_back}", "   "))
            lines += [_item(f"hears “{h.answers[0]}”") for h in topic.hears]
    asked = (_item(answer.asked_as[0]) for answer in scenario.answers)
    lines += _section("Small things asked on the side", *asked)
    return "\n".join(lines)
