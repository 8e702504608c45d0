"""The coach's own looks: dark, light, and one in greys. The stock themes stay on offer.

Body text stands at 7:1 or more against its background, secondary text and every word of
status at 4.5:1 or more; a test measures it. ``NO_COLOR`` works with any theme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App

DARK = Theme(
    name="coach-dark",
    primary="#4FA898",
    secondary="#7C9CB8",
    accent="#D9A566",
    success="#7DB87A",
    warning="#D9A566",
    error="#DE7F7A",
    foreground="#DDE2E4",
    background="#14181B",
    surface="#1B2024",
    panel="#242B30",
    dark=True,
    variables={
        "text-muted": "#A3ADB2",
        "text-primary": "#7FCBBD",
        "text-accent": "#E3B57D",
        "text-success": "#93C98F",
        "text-warning": "#E3B57D",
        "text-error": "#EC9A95",
        "footer-key-foreground": "#7FCBBD",
    },
)
"""Quiet greens on near black."""

LIGHT = Theme(
    name="coach-light",
    primary="#2A7065",
    secondary="#44637D",
    accent="#8A5A14",
    success="#2F6B33",
    warning="#8A5A14",
    error="#A33A34",
    foreground="#171D1F",
    background="#FAF9F6",
    surface="#F2F0EB",
    panel="#E6E3DB",
    dark=False,
    variables={
        "text-muted": "#485155",
        "text-primary": "#1B5F54",
        "text-accent": "#744A0D",
        "text-success": "#24582A",
        "text-warning": "#744A0D",
        "text-error": "#8E2B26",
        "footer-key-foreground": "#1B5F54",
        # Borders and scrollbars are drawn in this; lighter would vanish on paper.
        "panel-lighten-2": "#C9C4B6",
    },
)
"""The same on the white of paper."""

GREY = Theme(
    name="coach-grey",
    primary="#A8A8A8",
    secondary="#8C8C8C",
    accent="#E4E4E4",
    success="#E4E4E4",
    warning="#E4E4E4",
    error="#FFFFFF",
    foreground="#E4E4E4",
    background="#121212",
    surface="#1A1A1A",
    panel="#262626",
    dark=True,
    variables={
        "text-muted": "#B0B0B0",
        "text-primary": "#FFFFFF",
        "text-accent": "#F2F2F2",
        "text-success": "#E4E4E4",
        "text-warning": "#E4E4E4",
        "text-error": "#FFFFFF",
        "footer-key-foreground": "#FFFFFF",
    },
)
"""No colour at all: words and symbols carry everything."""

THEMES = (DARK, LIGHT, GREY)
DEFAULT_THEME = DARK.name

_NAMES = {
    DARK.name: "Coach, dark",
    LIGHT.name: "Coach, light",
    GREY.name: "Coach, without colour",
}


def register_themes(app: App[Any]) -> None:
    """Offer the coach's own themes beside the stock ones."""
    for theme in THEMES:
        app.register_theme(theme)


def theme_choices(app: App[Any]) -> list[tuple[str, str]]:
    """Every theme's name as a person reads it, and its id; the coach's own first."""
    own = [(_NAMES[theme.name], theme.name) for theme in THEMES]
    stock = sorted(name for name in app.available_themes if name not in _NAMES)
    return own + [(name.replace("-", " ").capitalize(), name) for name in stock]
